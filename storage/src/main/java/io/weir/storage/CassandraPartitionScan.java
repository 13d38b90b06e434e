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
import org.jspecify.annotations.Nullable;

/**
 * Scans the raw and rollup tables. Prepares its statements when it is first used, because only a verification needs
 * them. Thread-safe.
 */
public final class CassandraPartitionScan implements PartitionScan {

    private final CassandraConnection connection;
    private final PartitionLayout layout;
    private @Nullable MonthScan rollups;
    private @Nullable RawScan raw;

    public CassandraPartitionScan(CassandraConnection connection, PartitionLayout layout) {
        this.connection = connection;
        this.layout = layout;
    }

    @Override
    public Stream<MetricMonth> months(Scope scope, TokenSlice slice) {
        return rollups().months(scope, slice);
    }

    @Override
    public Set<ScopedMetric> present(
            Scope scope, Collection<ScopedMetric> series, Resolution resolution, long from, long to) {
        return rollups().present(scope, series, resolution, from, to);
    }

    @Override
    public Stream<RawReading> raw(Scope scope, TokenSlice slice) {
        return raw().readings(scope, slice);
    }

    @Override
    public Stream<RawReading> raw(Scope scope, Collection<RawPartition> partitions) {
        return raw().readings(scope, partitions);
    }

    private synchronized MonthScan rollups() {
        MonthScan scan = rollups == null ? new MonthScan(connection, layout) : rollups;
        rollups = scan;
        return scan;
    }

    private synchronized RawScan raw() {
        RawScan scan = raw == null ? new RawScan(connection, layout) : raw;
        raw = scan;
        return scan;
    }
}
