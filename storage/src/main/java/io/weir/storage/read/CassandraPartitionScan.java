package io.weir.storage.read;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import com.datastax.oss.driver.api.core.cql.Row;
import io.weir.core.rollup.Resolution;
import io.weir.core.rollup.Scope;
import io.weir.storage.CassandraConnection;
import io.weir.storage.PartitionLayout;
import io.weir.storage.RollupTable;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

/** Finds the partitions of the raw and the rollup tables by ranges of tokens. Thread-safe. */
public final class CassandraPartitionScan implements PartitionScan {

    private final CqlSession session;
    private final PartitionLayout layout;
    private final Map<RollupTable, PreparedStatement> rollups = new HashMap<>();
    private final PreparedStatement rawByDevice;
    private final PreparedStatement rawByGroup;

    public CassandraPartitionScan(CassandraConnection connection, PartitionLayout layout) {
        this.session = connection.session();
        this.layout = layout;
        for (RollupTable table : RollupTable.all()) {
            rollups.put(
                    table,
                    session.prepare(select(table.idColumn() + ", metric, bucket", connection.table(table.table()))));
        }
        rawByDevice = session.prepare(select("device, metric, bucket", connection.table("raw_by_device")));
        rawByGroup = session.prepare(select("group, metric, hour, shard", connection.table("raw_by_group")));
    }

    @Override
    public Stream<RollupPartition> rollups(Scope scope, Resolution resolution, TokenSlice slice) {
        RollupTable table = new RollupTable(scope, resolution);
        return rows(Objects.requireNonNull(rollups.get(table)), slice).map(row -> rollupPartition(row, table));
    }

    @Override
    public Stream<RawPartition> raw(Scope scope, TokenSlice slice) {
        return switch (scope) {
            case DEVICE ->
                rows(rawByDevice, slice)
                        .map(row -> RawByDevice.partition(of(row, scope, "device"), instant(row, "bucket"), layout));
            case GROUP ->
                rows(rawByGroup, slice)
                        .map(row -> RawByGroup.partition(
                                of(row, scope, "group"), instant(row, "hour"), row.getInt("shard")));
        };
    }

    private Stream<Row> rows(PreparedStatement statement, TokenSlice slice) {
        return Rows.stream(Rows.of(session, statement.bind(slice.after(), slice.through())));
    }

    private RollupPartition rollupPartition(Row row, RollupTable table) {
        int bucket = row.getInt("bucket");
        return new RollupPartition(
                of(row, table.scope(), table.idColumn()),
                table.resolution(),
                layout.startOfRollupBucket(bucket),
                layout.endOfRollupBucket(bucket));
    }

    private static ScopedMetric of(Row row, Scope scope, String idColumn) {
        return new ScopedMetric(scope, RollupColumns.text(row, idColumn), RollupColumns.text(row, "metric"));
    }

    private static Instant instant(Row row, String column) {
        return Instant.ofEpochMilli(RollupColumns.millis(row, column));
    }

    private static String select(String key, String table) {
        return "SELECT DISTINCT " + key + " FROM " + table + " WHERE token(" + key + ") > ? AND token(" + key
                + ") <= ?";
    }
}
