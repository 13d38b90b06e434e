package io.weir.storage.rollup;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import com.datastax.oss.driver.api.core.cql.Row;
import io.weir.core.rollup.Resolution;
import io.weir.storage.read.ExistingBuckets;
import io.weir.storage.read.Flattened;
import io.weir.storage.read.Rows;
import io.weir.storage.read.ScopedMetric;
import io.weir.storage.schema.PartitionLayout;
import io.weir.storage.session.CassandraConnection;
import io.weir.storage.session.RowBounds;
import java.time.Instant;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

/** Reads the six rollup tables bucket by bucket; for many buckets, reads only existing ones. Thread-safe. */
public final class CassandraRollupReader implements RollupReader {

    private final CqlSession session;
    private final PartitionLayout layout;
    private final Map<RollupTable, PreparedStatement> allColumns = new HashMap<>();
    private final Map<RollupTable, PreparedStatement> existing = new HashMap<>();

    public CassandraRollupReader(CassandraConnection connection, PartitionLayout layout) {
        this.session = connection.session();
        this.layout = layout;
        for (RollupTable table : RollupTable.all()) {
            allColumns.put(table, Rows.prepare(session, select(table, connection), RowBounds.ROLLUPS_PER_PAGE));
            existing.put(
                    table,
                    session.prepare("SELECT DISTINCT " + table.idColumn() + ", bucket FROM "
                            + connection.table(table.table()) + " WHERE " + table.idColumn()
                            + " = ? AND bucket IN ?"));
        }
    }

    @Override
    public Stream<SourceRollup> read(ScopedMetric of, Resolution resolution, long from, long to) {
        return Rows.stream(rows(of, resolution, from, to)).map(row -> RollupCodec.read(row, of, resolution));
    }

    private Iterator<Row> rows(ScopedMetric of, Resolution resolution, long from, long to) {
        RollupTable table = new RollupTable(of.scope(), resolution);
        PreparedStatement statement = Objects.requireNonNull(allColumns.get(table));
        Instant first = Instant.ofEpochMilli(from);
        Instant end = Instant.ofEpochMilli(to);
        Iterator<Integer> buckets = ExistingBuckets.of(
                layout.rollupBuckets(from, to),
                candidates -> Rows.of(
                        session, Objects.requireNonNull(existing.get(table)).bind(of.id(), candidates)),
                row -> row.getInt("bucket"));
        return new Flattened<>(
                buckets, bucket -> Rows.of(session, statement.bind(of.id(), bucket, of.metric(), first, end)));
    }

    private static String select(RollupTable table, CassandraConnection connection) {
        return "SELECT " + RollupCodec.SOURCE_ROLLUP + " FROM " + connection.table(table.table()) + " WHERE "
                + table.idColumn() + " = ? AND bucket = ? AND metric = ? AND window_start >= ? AND window_start < ?";
    }
}
