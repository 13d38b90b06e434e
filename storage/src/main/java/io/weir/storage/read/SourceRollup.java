package io.weir.storage.read;

import io.weir.core.rollup.Rollup;
import io.weir.core.rollup.RollupKey;

/**
 * A row of a rollup table: what one source contributed to a rollup.
 *
 * @param throughOffset the last record of the source that is folded into it
 */
public record SourceRollup(int source, RollupKey key, Rollup rollup, long throughOffset) {}
