package io.weir.storage.raw;

import io.weir.storage.read.ScopedMetric;
import java.util.Iterator;

/** One of the two raw tables. */
interface RawTable {

    /**
     * Returns the partitions to read for [from, to), in order of time and shard; if there are many, only existing ones.
     */
    Iterator<RawPartition> partitionsBetween(ScopedMetric of, long from, long to);

    /**
     * Returns the partition for an event time, in milliseconds since the epoch; the first if there are several shards.
     */
    RawPartition partitionOf(ScopedMetric of, long time);

    /** Returns the number of partitions for the same time. */
    int shards();

    /** Returns a partition's rows in [from, to), in order of time, device and source. Sends the request at once. */
    Iterator<RawReading> rows(RawPartition partition, long from, long to);
}
