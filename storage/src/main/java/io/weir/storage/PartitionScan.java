package io.weir.storage;

import io.weir.core.rollup.Resolution;
import io.weir.core.rollup.Scope;
import io.weir.storage.raw.RawPartition;
import io.weir.storage.read.TokenSlice;
import io.weir.storage.rollup.MetricMonth;
import java.util.stream.Stream;

/**
 * Scans the tables in arbitrary order. Streams are read page by page while they are consumed, by one thread. Reading
 * throws {@link io.weir.core.fold.port.TablesException} if the tables cannot be reached.
 */
public interface PartitionScan {

    /** Returns each month of a metric that has rows in a rollup table, once. */
    Stream<MetricMonth> months(Scope scope, Resolution resolution, TokenSlice slice);

    /** Returns each partition of a raw table that has rows, once for each of its metrics. */
    Stream<RawPartition> raw(Scope scope, TokenSlice slice);
}
