package io.weir.storage.rollup;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.cql.BoundStatement;
import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import com.datastax.oss.driver.api.core.cql.Row;
import io.weir.core.reading.NameOrder;
import io.weir.core.rollup.Resolution;
import io.weir.core.rollup.Scope;
import io.weir.storage.read.Adjacent;
import io.weir.storage.read.InParts;
import io.weir.storage.read.Merged;
import io.weir.storage.read.Product;
import io.weir.storage.read.Rows;
import io.weir.storage.read.ScopedMetric;
import io.weir.storage.read.TokenSlice;
import io.weir.storage.schema.PartitionLayout;
import io.weir.storage.session.CassandraConnection;
import io.weir.storage.session.Columns;
import io.weir.storage.session.RowBounds;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Scans the rollup tables by token ranges. The hours, days and months of a month have the same partition key in their
 * tables, so three scans side by side deliver them together. Thread-safe.
 */
public final class MonthScan {

    private final CqlSession session;
    private final PartitionLayout layout;
    private final Map<RollupTable, PreparedStatement> scans = new HashMap<>();
    private final Map<RollupTable, PreparedStatement> present = new HashMap<>();

    public MonthScan(CassandraConnection connection, PartitionLayout layout) {
        this.session = connection.session();
        this.layout = layout;
        for (RollupTable table : RollupTable.all()) {
            String id = table.idColumn();
            String token = "token(" + id + ", bucket)";
            String name = connection.table(table.table());
            scans.put(
                    table,
                    Rows.prepare(
                            session,
                            "SELECT " + token + " AS place, " + id
                                    + " AS id, bucket, metric, " + RollupCodec.SOURCE_ROLLUP + " FROM " + name
                                    + " WHERE " + token + " > ? AND " + token + " <= ?",
                            RowBounds.ROLLUPS_PER_PAGE));
            present.put(
                    table,
                    Rows.prepare(
                            session,
                            "SELECT " + id + " AS id, metric FROM " + name + " WHERE "
                                    + id
                                    + " IN ? AND bucket = ? AND metric IN ? AND window_start >= ? AND window_start < ?",
                            RowBounds.RAW_PER_PAGE));
        }
    }

    /** Returns each month of a metric that has rollups. */
    public Stream<MetricMonth> months(Scope scope, TokenSlice slice) {
        List<Iterator<Scanned>> tables = Stream.of(Resolution.values())
                .map(resolution -> rows(new RollupTable(scope, resolution), slice))
                .toList();
        Iterator<List<Scanned>> months = new Adjacent<>(
                new Merged<>(tables, MonthScan::compare),
                (first, row) -> row.bucket == first.bucket && row.of.equals(first.of));
        return Rows.stream(months).map(this::month);
    }

    /** Returns those of some series of one scope that have rollups of windows that start in [from, to). */
    public Set<ScopedMetric> present(
            Scope scope, Collection<ScopedMetric> series, Resolution resolution, long from, long to) {
        List<BoundStatement> requests = requests(new RollupTable(scope, resolution), series, from, to);
        return Rows.stream(Rows.ofAll(session, requests))
                .map(row -> new ScopedMetric(scope, Columns.text(row, "id"), Columns.text(row, "metric")))
                .collect(Collectors.toSet());
    }

    private List<BoundStatement> requests(RollupTable table, Collection<ScopedMetric> series, long from, long to) {
        PreparedStatement statement = Objects.requireNonNull(present.get(table));
        List<Integer> buckets = layout.rollupBuckets(from, to);
        Map<ScopedMetric, List<Integer>> asked = new HashMap<>();
        series.forEach(of -> asked.put(of, buckets));
        List<BoundStatement> requests = new ArrayList<>();
        for (Product<List<Integer>> product : Product.of(asked)) {
            for (Product<List<Integer>> part : product.split(InParts.MAX_VALUES)) {
                part.value()
                        .forEach(bucket -> requests.add(statement.bind(
                                part.ids(), bucket, part.metrics(), Columns.instant(from), Columns.instant(to))));
            }
        }
        return requests;
    }

    private MetricMonth month(List<Scanned> rows) {
        Scanned first = rows.get(0);
        return new MetricMonth(
                first.of,
                layout.startOfRollupBucket(first.bucket),
                rows.stream().map(Scanned::row).toList());
    }

    private Iterator<Scanned> rows(RollupTable table, TokenSlice slice) {
        PreparedStatement statement = Objects.requireNonNull(scans.get(table));
        Iterator<Row> rows = Rows.of(session, statement.bind(slice.after(), slice.through()));
        return Rows.mapped(rows, row -> {
            ScopedMetric of = new ScopedMetric(table.scope(), Columns.text(row, "id"), Columns.text(row, "metric"));
            return new Scanned(
                    row.getLong("place"), of, row.getInt("bucket"), RollupCodec.read(row, of, table.resolution()));
        });
    }

    /**
     * Compares in the order of a scan: by token, then the bytes of the partition key, in which each column follows its
     * length, then the metric.
     */
    private static int compare(Scanned one, Scanned other) {
        if (one.token != other.token) {
            return Long.compare(one.token, other.token);
        }
        String id = one.of.id();
        String otherId = other.of.id();
        if (!id.equals(otherId)) {
            int byLength = Integer.compare(bytes(id), bytes(otherId));
            return byLength != 0 ? byLength : NameOrder.INSTANCE.compare(id, otherId);
        }
        int byBucket = Integer.compareUnsigned(one.bucket, other.bucket);
        return byBucket != 0 ? byBucket : NameOrder.INSTANCE.compare(one.of.metric(), other.of.metric());
    }

    private static int bytes(String name) {
        return name.getBytes(StandardCharsets.UTF_8).length;
    }

    private record Scanned(long token, ScopedMetric of, int bucket, SourceRollup row) {}
}
