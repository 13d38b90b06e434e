package io.weir.storage.read;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import io.weir.core.reading.NameOrder;
import io.weir.storage.CassandraConnection;
import io.weir.storage.CatalogTable;
import java.util.SortedSet;
import java.util.TreeSet;

/** Reads the table {@code catalog}. Thread-safe. */
public final class CassandraCatalogReader implements CatalogReader {

    private final CqlSession session;
    private final PreparedStatement names;
    private final PreparedStatement name;

    public CassandraCatalogReader(CassandraConnection connection) {
        this.session = connection.session();
        String select = "SELECT name FROM " + connection.table("catalog") + " WHERE kind = ? AND parent = ? AND shard";
        names = session.prepare(select + " IN ?");
        name = session.prepare(select + " = ? AND name = ?");
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
    public boolean hasDevice(String group, String device) {
        return Rows.of(session, name.bind(CatalogTable.DEVICES, group, CatalogTable.shardOf(device), device))
                .hasNext();
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
