package io.weir.storage.read;

import java.util.Iterator;

/** One of the two raw tables. */
interface RawTable {

    /** Returns the partitions that hold rows, in order of time and shard, among those that cover [from, to). */
    Iterator<RawPartition> existing(ScopedMetric of, long from, long to);

    /** Returns a partition's rows in [from, to), in order of time, device and source. */
    Iterator<RawReading> rows(RawPartition partition, long from, long to);
}
