package io.weir.query;

import io.weir.core.rollup.Rollup;

/**
 * The rollup of all readings in a span.
 *
 * @param rollupRows the number of rollup rows read
 * @param rawRows the number of raw rows read, for the edges
 */
public record SpanRollup(Rollup rollup, long rollupRows, long rawRows) {}
