package io.weir.storage;

import io.weir.core.rollup.Resolution;
import io.weir.core.rollup.Scope;
import io.weir.storage.raw.RawPartition;
import io.weir.storage.raw.RawReading;
import io.weir.storage.read.ScopedMetric;
import io.weir.storage.read.TokenSlice;
import io.weir.storage.rollup.MetricMonth;
import java.util.Collection;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Reads the tables in an order in which a few requests suffice for many series. Streams are read page by page while
 * they are consumed, by one thread. Reading throws {@link io.weir.core.fold.port.TablesException} if the tables cannot
 * be reached.
 */
public interface PartitionScan {

    /** Returns each month of a metric that has rollups, once. */
    Stream<MetricMonth> months(Scope scope, TokenSlice slice);

    /** Returns those of some series of one scope that have rollups of windows that start in [from, to). */
    Set<ScopedMetric> present(Scope scope, Collection<ScopedMetric> series, Resolution resolution, long from, long to);

    /** Returns every raw reading. */
    Stream<RawReading> raw(Scope scope, TokenSlice slice);

    /**
     * Returns the raw readings of some partitions of one scope, and of all shards of a group's hour. The readings of a
     * device and metric with the same event time are adjacent.
     */
    Stream<RawReading> raw(Scope scope, Collection<RawPartition> partitions);
}
