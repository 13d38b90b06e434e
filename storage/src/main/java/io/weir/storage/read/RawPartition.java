package io.weir.storage.read;

/**
 * A partition of a raw table, or what one holds of a metric: a device's partitions hold all of its metrics.
 *
 * @param from the first event time that it may hold, in milliseconds since the epoch
 * @param to the first event time after it
 * @param shard which of a group's partitions; 0 for a device
 */
public record RawPartition(ScopedMetric of, long from, long to, int shard) {}
