package io.weir.storage.raw;

import io.weir.storage.read.ScopedMetric;

/**
 * A partition of a raw table; of a partition by device, which contains all metrics, the part of one metric.
 *
 * @param from the start of the event times that it may contain, in milliseconds since the epoch
 * @param to the end of the event times, exclusive
 * @param shard the shard of a group's partition; 0 for a device
 */
public record RawPartition(ScopedMetric of, long from, long to, int shard) {}
