package io.weir.storage.read;

import io.weir.core.rollup.Resolution;

/**
 * A partition of a rollup table that holds rows.
 *
 * @param from the first window start that it may hold, in milliseconds since the epoch
 * @param to the first one after it
 */
public record RollupPartition(ScopedMetric of, Resolution resolution, long from, long to) {}
