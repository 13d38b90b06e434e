package io.weir.storage;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import com.datastax.oss.driver.api.core.cql.Row;
import io.weir.core.rollup.Resolution;
import io.weir.core.rollup.Scope;
import io.weir.storage.raw.RawByDevice;
import io.weir.storage.raw.RawByGroup;
import io.weir.storage.raw.RawPartition;
import io.weir.storage.read.Flattened;
import io.weir.storage.read.Rows;
import io.weir.storage.read.ScopedMetric;
import io.weir.storage.read.TokenSlice;
import io.weir.storage.rollup.MetricMonth;
import io.weir.storage.rollup.RollupTable;
import io.weir.storage.schema.PartitionLayout;
import io.weir.storage.session.CassandraConnection;
import io.weir.storage.session.Columns;
import java.time.Instant;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Scans the partitions of the raw and rollup tables by token ranges. Thread-safe. */
public final class CassandraPartitionScan implements PartitionScan {

    private final CqlSession session;
    private final PartitionLayout layout;
    private final Map<RollupTable, PreparedStatement> rollups = new HashMap<>();
    private final PreparedStatement rawByDevice;
    private final PreparedStatement nextMetric;
    private final PreparedStatement rawByGroup;

    public CassandraPartitionScan(CassandraConnection connection, PartitionLayout layout) {
        this.session = connection.session();
        this.layout = layout;
        for (RollupTable table : RollupTable.all()) {
            String key = table.idColumn() + ", bucket";
            rollups.put(table, session.prepare(select(key + ", metric", key, connection.table(table.table()))));
        }
        String byDevice = connection.table("raw_by_device");
        rawByDevice = session.prepare(distinct("device, bucket", byDevice));
        nextMetric = session.prepare(
                "SELECT metric FROM " + byDevice + " WHERE device = ? AND bucket = ? AND metric > ? LIMIT 1");
        rawByGroup = session.prepare(distinct("group, metric, hour, shard", connection.table("raw_by_group")));
    }

    /** Reads the keys of all rows, of which a month has few; the rows of a metric's month are adjacent. */
    @Override
    public Stream<MetricMonth> months(Scope scope, Resolution resolution, TokenSlice slice) {
        RollupTable table = new RollupTable(scope, resolution);
        return Rows.stream(rows(Objects.requireNonNull(rollups.get(table)), slice))
                .map(row -> month(row, table))
                .filter(new Changes());
    }

    @Override
    public Stream<RawPartition> raw(Scope scope, TokenSlice slice) {
        return switch (scope) {
            case DEVICE -> Rows.stream(new Flattened<>(rows(rawByDevice, slice), this::metrics));
            case GROUP ->
                Rows.stream(Rows.mapped(
                        rows(rawByGroup, slice),
                        row -> RawByGroup.partition(
                                of(row, scope, "group"), instant(row, "hour"), row.getInt("shard"))));
        };
    }

    private Iterator<Row> rows(PreparedStatement statement, TokenSlice slice) {
        return Rows.of(session, statement.bind(slice.after(), slice.through()));
    }

    private MetricMonth month(Row row, RollupTable table) {
        return new MetricMonth(
                of(row, table.scope(), table.idColumn()), layout.startOfRollupBucket(row.getInt("bucket")));
    }

    /** Reads one metric after the other, so that few of the partition's many rows are read. */
    private Iterator<RawPartition> metrics(Row partition) {
        String device = Columns.text(partition, "device");
        Instant bucket = instant(partition, "bucket");
        return Stream.iterate(
                        metricAfter("", device, bucket),
                        Optional::isPresent,
                        metric -> metricAfter(metric.orElseThrow(), device, bucket))
                .map(Optional::orElseThrow)
                .map(metric -> RawByDevice.partition(new ScopedMetric(Scope.DEVICE, device, metric), bucket, layout))
                .iterator();
    }

    private Optional<String> metricAfter(String metric, String device, Instant bucket) {
        return Rows.stream(Rows.of(session, nextMetric.bind(device, bucket, metric)))
                .map(row -> Columns.text(row, "metric"))
                .findFirst();
    }

    private static ScopedMetric of(Row row, Scope scope, String idColumn) {
        return new ScopedMetric(scope, Columns.text(row, idColumn), Columns.text(row, "metric"));
    }

    private static Instant instant(Row row, String column) {
        return Instant.ofEpochMilli(Columns.millis(row, column));
    }

    private static String distinct(String key, String table) {
        return select("DISTINCT " + key, key, table);
    }

    private static String select(String columns, String key, String table) {
        return "SELECT " + columns + " FROM " + table + " WHERE token(" + key + ") > ? AND token(" + key + ") <= ?";
    }

    /** Accepts a month unless it equals that of the row before. */
    private static final class Changes implements Predicate<MetricMonth> {

        private @Nullable MetricMonth last;

        @Override
        public boolean test(MetricMonth month) {
            boolean changed = !month.equals(last);
            last = month;
            return changed;
        }
    }
}
