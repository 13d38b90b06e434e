package io.weir.storage.read;

import java.util.Iterator;

/** One of the two raw tables. */
interface RawTable {

    /** Returns the partitions to read for [from, to), in order of time and shard; of many, only those that hold rows. */
    Iterator<RawPartition> toRead(ScopedMetric of, long from, long to);

    /** Returns the partition, the first if there are several shards, that would hold a reading of this event time. */
    RawPartition partitionOf(ScopedMetric of, long time);

    /** Returns a partition's rows in [from, to), in order of time, device and source. */
    Iterator<RawReading> rows(RawPartition partition, long from, long to);
}
