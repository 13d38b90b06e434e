package io.weir.storage.read;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import io.weir.core.reading.NameOrder;
import io.weir.storage.CassandraConnection;
import io.weir.storage.CatalogTable;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/** Reads the table {@code catalog}. Thread-safe. */
public final class CassandraCatalogReader implements CatalogReader {

    /** So many partitions are read by one request. */
    private static final int GROUPS_AT_ONCE = 100;

    private final CqlSession session;
    private final PreparedStatement names;
    private final PreparedStatement parents;

    public CassandraCatalogReader(CassandraConnection connection) {
        this.session = connection.session();
        String catalog = connection.table("catalog");
        names = session.prepare("SELECT name FROM " + catalog + " WHERE kind = ? AND parent = ? AND shard IN ?");
        parents = session.prepare(
                "SELECT parent FROM " + catalog + " WHERE kind = ? AND parent IN ? AND shard = ? AND name = ?");
    }

    @Override
    public SortedSet<String> groups() {
        return names(CatalogTable.GROUPS, "");
    }

    @Override
    public SortedSet<String> devicesOf(String group) {
        return names(CatalogTable.DEVICES, group);
    }

    @Override
    public SortedSet<String> groupsOf(String device) {
        List<String> all = List.copyOf(groups());
        SortedSet<String> found = new TreeSet<>(NameOrder.INSTANCE);
        for (int from = 0; from < all.size(); from += GROUPS_AT_ONCE) {
            List<String> some = all.subList(from, Math.min(all.size(), from + GROUPS_AT_ONCE));
            Rows.of(session, parents.bind(CatalogTable.DEVICES, some, CatalogTable.shardOf(device), device))
                    .forEachRemaining(row -> found.add(RollupColumns.text(row, "parent")));
        }
        return found;
    }

    @Override
    public SortedSet<String> metricsOfGroup(String group) {
        return names(CatalogTable.GROUP_METRICS, group);
    }

    @Override
    public SortedSet<String> metricsOfDevice(String device) {
        return names(CatalogTable.DEVICE_METRICS, device);
    }

    private SortedSet<String> names(String kind, String parent) {
        SortedSet<String> found = new TreeSet<>(NameOrder.INSTANCE);
        Rows.of(session, names.bind(kind, parent, CatalogTable.ALL_SHARDS))
                .forEachRemaining(row -> found.add(RollupColumns.text(row, "name")));
        return found;
    }
}
