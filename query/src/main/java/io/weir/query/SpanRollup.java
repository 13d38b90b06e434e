package io.weir.query;

import io.weir.core.rollup.Rollup;

/**
 * All readings of a span, folded.
 *
 * @param rollupRows rows of rollup tables that were read for it
 * @param rawRows raw rows that were read for it, at its two edges
 */
public record SpanRollup(Rollup rollup, long rollupRows, long rawRows) {}
