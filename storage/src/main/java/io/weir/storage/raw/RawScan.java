package io.weir.storage.raw;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.cql.BoundStatement;
import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import com.datastax.oss.driver.api.core.cql.Row;
import io.weir.core.rollup.Scope;
import io.weir.storage.read.Chunks;
import io.weir.storage.read.InParts;
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
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Scans the raw tables by token ranges, and reads many partitions with few requests. Thread-safe. */
public final class RawScan {

    private static final Map<Scope, String> COLUMNS = Map.of(
            Scope.DEVICE, "device, bucket AS start, metric, time, source, value, group, offset",
            Scope.GROUP, "group, metric, hour AS start, shard, time, device, source, value, offset");

    private final CqlSession session;
    private final PartitionLayout layout;
    private final List<Integer> shards;
    private final Map<Scope, PreparedStatement> scans = new EnumMap<>(Scope.class);
    private final Map<Scope, PreparedStatement> named = new EnumMap<>(Scope.class);

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
        String select = "SELECT " + COLUMNS.get(scope) + " FROM " + table + " WHERE ";
        scans.put(scope, session.prepare(select + token + " > ? AND " + token + " <= ?"));
        named.put(scope, Rows.prepare(session, select + partitions, RowBounds.RAW_PER_PAGE));
    }

    /** Returns all readings, partition by partition. */
    public Stream<RawReading> readings(Scope scope, TokenSlice slice) {
        PreparedStatement statement = Objects.requireNonNull(scans.get(scope));
        return Rows.stream(Rows.of(session, statement.bind(slice.after(), slice.through())))
                .map(row -> reading(scope, row));
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
        return Rows.stream(Rows.ofAll(session, requests(scope, starts)))
                .filter(row -> isInPlace(scope, row))
                .map(row -> reading(scope, row));
    }

    private List<BoundStatement> requests(Scope scope, Map<ScopedMetric, SortedSet<Instant>> starts) {
        int perStart = scope == Scope.GROUP ? shards.size() : 1;
        List<BoundStatement> requests = new ArrayList<>();
        for (Product<SortedSet<Instant>> product : Product.of(starts)) {
            new Chunks<>(List.copyOf(product.value()), Math.max(1, InParts.MAX_VALUES / perStart))
                    .forEachRemaining(some -> {
                        int series = Math.max(1, InParts.MAX_VALUES / (some.size() * perStart));
                        product.split(series).forEach(part -> requests.add(bind(scope, part, some)));
                    });
        }
        return requests;
    }

    private BoundStatement bind(Scope scope, Product<?> series, List<Instant> starts) {
        PreparedStatement statement = Objects.requireNonNull(named.get(scope));
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

    private static RawReading reading(Scope scope, Row row) {
        String metric = Columns.text(row, "metric");
        Instant start = Columns.instant(Columns.millis(row, "start"));
        return switch (scope) {
            case DEVICE -> RawByDevice.reading(ScopedMetric.ofDevice(Columns.text(row, "device"), metric), start, row);
            case GROUP ->
                RawByGroup.reading(
                        RawByGroup.partition(
                                ScopedMetric.ofGroup(Columns.text(row, "group"), metric), start, row.getInt("shard")),
                        row);
        };
    }
}
