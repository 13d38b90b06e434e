package io.weir.storage.catalog;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import com.datastax.oss.driver.api.core.cql.Row;
import com.datastax.oss.driver.api.core.cql.Statement;
import io.weir.core.reading.NameOrder;
import io.weir.storage.read.Merged;
import io.weir.storage.read.Rows;
import io.weir.storage.session.CassandraConnection;
import io.weir.storage.session.Columns;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.stream.Stream;

/** Reads the table {@code catalog}. Thread-safe. */
public final class CassandraCatalogReader implements CatalogReader {

    /** The number of partitions to read with one request. */
    private static final int GROUPS_PER_REQUEST = 100;

    /** The number of names of a shard to hold in memory. */
    private static final int PAGE = 1000;

    private final CqlSession session;
    private final PreparedStatement few;
    private final PreparedStatement ofShard;
    private final PreparedStatement parents;

    public CassandraCatalogReader(CassandraConnection connection) {
        this.session = connection.session();
        String catalog = connection.table("catalog");
        String names = "SELECT name FROM " + catalog + " WHERE kind = ? AND parent = ? AND name > ? AND shard ";
        few = session.prepare(names + "IN ?");
        ofShard = session.prepare(names + "= ?");
        parents = session.prepare(
                "SELECT parent FROM " + catalog + " WHERE kind = ? AND parent IN ? AND shard = ? AND name = ?");
    }

    @Override
    public Stream<String> groups(String after) {
        return names(CatalogTable.GROUPS, "", after);
    }

    @Override
    public Stream<String> devicesOf(String group, String after) {
        return names(CatalogTable.DEVICES, group, after);
    }

    @Override
    public Stream<String> groupsOf(String device) {
        Iterator<String> all = groups("").iterator();
        return Stream.generate(() -> next(all))
                .takeWhile(some -> !some.isEmpty())
                .flatMap(some -> Rows.stream(Rows.of(
                                session,
                                parents.bind(CatalogTable.DEVICES, some, CatalogTable.shardOf(device), device)))
                        .map(row -> Columns.text(row, "parent"))
                        .sorted(NameOrder.INSTANCE));
    }

    private static List<String> next(Iterator<String> groups) {
        List<String> some = new ArrayList<>();
        while (some.size() < GROUPS_PER_REQUEST && groups.hasNext()) {
            some.add(groups.next());
        }
        return some;
    }

    @Override
    public Stream<String> metricsOfGroup(String group) {
        return names(CatalogTable.GROUP_METRICS, group, "");
    }

    @Override
    public Stream<String> metricsOfDevice(String device) {
        return names(CatalogTable.DEVICE_METRICS, device, "");
    }

    /**
     * Returns names in order. Reads few names with one request; otherwise reads all shards in parallel and merges them.
     */
    private Stream<String> names(String kind, String parent, String after) {
        List<Row> all = Rows.ifOnePage(
                session, few.bind(kind, parent, after, CatalogTable.ALL_SHARDS).setPageSize(PAGE));
        if (all != null) {
            return all.stream().map(CassandraCatalogReader::name).sorted(NameOrder.INSTANCE);
        }
        List<Statement<?>> shards = new ArrayList<>();
        CatalogTable.ALL_SHARDS.forEach(
                shard -> shards.add(ofShard.bind(kind, parent, after, shard).setPageSize(PAGE)));
        List<Iterator<String>> names = Rows.ofEach(session, shards).stream()
                .map(rows -> Rows.mapped(rows, CassandraCatalogReader::name))
                .toList();
        return Rows.stream(new Merged<>(names, NameOrder.INSTANCE));
    }

    private static String name(Row row) {
        return Columns.text(row, "name");
    }
}
