package io.weir.storage;

import io.weir.core.rollup.Resolution;
import io.weir.core.rollup.Scope;
import io.weir.storage.raw.RawPartition;
import io.weir.storage.raw.RawReading;
import io.weir.storage.raw.RawScan;
import io.weir.storage.read.ScopedMetric;
import io.weir.storage.read.TokenSlice;
import io.weir.storage.rollup.MetricMonth;
import io.weir.storage.rollup.MonthScan;
import io.weir.storage.schema.PartitionLayout;
import io.weir.storage.session.CassandraConnection;
import java.util.Collection;
import java.util.Set;
import java.util.stream.Stream;

/** Scans the raw and rollup tables. Thread-safe. */
public final class CassandraPartitionScan implements PartitionScan {

    private final MonthScan rollups;
    private final RawScan raw;

    public CassandraPartitionScan(CassandraConnection connection, PartitionLayout layout) {
        rollups = new MonthScan(connection, layout);
        raw = new RawScan(connection, layout);
    }

    @Override
    public Stream<MetricMonth> months(Scope scope, TokenSlice slice) {
        return rollups.months(scope, slice);
    }

    @Override
    public Set<ScopedMetric> present(Collection<ScopedMetric> series, Resolution resolution, long from, long to) {
        return rollups.present(series, resolution, from, to);
    }

    @Override
    public Stream<RawReading> raw(Scope scope, TokenSlice slice) {
        return raw.readings(scope, slice);
    }

    @Override
    public Stream<RawReading> raw(Scope scope, Collection<RawPartition> partitions) {
        return raw.readings(scope, partitions);
    }
}
