package io.weir.storage.raw;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.cql.BoundStatement;
import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import com.datastax.oss.driver.api.core.cql.Row;
import io.weir.core.reading.Reading;
import io.weir.core.rollup.Scope;
import io.weir.storage.read.Chunks;
import io.weir.storage.read.Flattened;
import io.weir.storage.read.Product;
import io.weir.storage.read.Rows;
import io.weir.storage.read.ScopedMetric;
import io.weir.storage.read.TokenSlice;
import io.weir.storage.schema.PartitionLayout;
import io.weir.storage.session.CassandraConnection;
import io.weir.storage.session.Columns;
import io.weir.storage.session.RowBounds;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Scans the raw tables by token ranges, and reads many partitions with few requests. Thread-safe. */
public final class RawScan {

    /** The maximum number of partitions, or of metrics of a partition, that a request names. */
    private static final int MAX_NAMED = 100;

    private final CqlSession session;
    private final PartitionLayout layout;
    private final List<Integer> shards;
    private final Map<Scope, PreparedStatement> positions = new EnumMap<>(Scope.class);
    private final Map<Scope, PreparedStatement> readings = new EnumMap<>(Scope.class);

    public RawScan(CassandraConnection connection, PartitionLayout layout) {
        this.session = connection.session();
        this.layout = layout;
        this.shards = IntStream.range(0, layout.groupShards()).boxed().toList();
        prepare(connection, Scope.DEVICE, "device, bucket", "device IN ? AND metric IN ? AND bucket IN ?");
        prepare(
                connection,
                Scope.GROUP,
                "group, metric, hour, shard",
                "group IN ? AND metric IN ? AND hour IN ? AND shard IN ?");
    }

    private void prepare(CassandraConnection connection, Scope scope, String key, String partitions) {
        String table = connection.table(RawRows.tableOf(scope));
        String token = "token(" + key + ")";
        positions.put(
                scope,
                session.prepare("SELECT " + idColumn(scope) + " AS id, metric, time, source, offset FROM " + table
                        + " WHERE " + token + " > ? AND " + token + " <= ?"));
        readings.put(
                scope,
                Rows.prepare(
                        session,
                        "SELECT device, group, metric, time, source, value, offset, " + startColumn(scope)
                                + " AS start FROM " + table + " WHERE " + partitions,
                        RowBounds.RAW_PER_PAGE));
    }

    /** Returns the positions of all readings, partition by partition. */
    public Stream<RawPosition> positions(Scope scope, TokenSlice slice) {
        PreparedStatement statement = Objects.requireNonNull(positions.get(scope));
        return Rows.stream(Rows.of(session, statement.bind(slice.after(), slice.through())))
                .map(row -> new RawPosition(
                        new ScopedMetric(scope, Columns.text(row, "id"), Columns.text(row, "metric")),
                        Columns.millis(row, "time"),
                        row.getInt("source"),
                        row.getLong("offset")));
    }

    /**
     * Returns the readings of some partitions of one scope, and of all shards of a group's hour. Those of a series and
     * partition, or shard, are adjacent and in order of time. Like readers of a span, ignores rows that are in another
     * partition than that of their time.
     */
    public Stream<RawReading> readings(Scope scope, Collection<RawPartition> partitions) {
        Map<ScopedMetric, SortedSet<Instant>> starts = new HashMap<>();
        partitions.forEach(partition ->
                starts.computeIfAbsent(partition.of(), of -> new TreeSet<>()).add(Columns.instant(partition.from())));
        Iterator<BoundStatement> requests = requests(scope, starts).iterator();
        Iterator<Row> rows = new Flattened<>(
                requests, request -> Rows.of(session, request), RowBounds.RAW_PAGES_AHEAD, RowBounds.RAW_PAGES_AHEAD);
        return Rows.stream(rows).filter(row -> isInPlace(scope, row)).map(RawScan::reading);
    }

    private List<BoundStatement> requests(Scope scope, Map<ScopedMetric, SortedSet<Instant>> starts) {
        int perStart = scope == Scope.GROUP ? shards.size() : 1;
        List<BoundStatement> requests = new ArrayList<>();
        for (Product<SortedSet<Instant>> product : Product.of(starts)) {
            new Chunks<>(List.copyOf(product.value()), Math.max(1, MAX_NAMED / perStart)).forEachRemaining(some -> {
                int series = Math.max(1, MAX_NAMED / (some.size() * perStart));
                product.split(series).forEach(part -> requests.add(bind(scope, part, some)));
            });
        }
        return requests;
    }

    private BoundStatement bind(Scope scope, Product<?> series, List<Instant> starts) {
        PreparedStatement statement = Objects.requireNonNull(readings.get(scope));
        return switch (scope) {
            case DEVICE -> statement.bind(series.ids(), series.metrics(), starts);
            case GROUP -> statement.bind(series.ids(), series.metrics(), starts, shards);
        };
    }

    private boolean isInPlace(Scope scope, Row row) {
        long time = Columns.millis(row, "time");
        Instant start =
                switch (scope) {
                    case DEVICE -> layout.rawBucketOf(time);
                    case GROUP -> layout.hourOf(time);
                };
        return start.toEpochMilli() == Columns.millis(row, "start");
    }

    private static String idColumn(Scope scope) {
        return switch (scope) {
            case DEVICE -> "device";
            case GROUP -> "group";
        };
    }

    private static String startColumn(Scope scope) {
        return switch (scope) {
            case DEVICE -> "bucket";
            case GROUP -> "hour";
        };
    }

    private static RawReading reading(Row row) {
        Reading reading = new Reading(
                Columns.text(row, "device"),
                Columns.text(row, "group"),
                Columns.text(row, "metric"),
                Columns.millis(row, "time"),
                row.getDouble("value"));
        return new RawReading(reading, row.getInt("source"), row.getLong("offset"));
    }
}
