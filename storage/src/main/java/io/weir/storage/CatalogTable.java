package io.weir.storage;

import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import io.weir.core.fold.CatalogEntry;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Set;

/** Writes which groups, devices and metrics there are. Thread-safe. */
final class CatalogTable {

    private static final int SHARDS = 16;

    /** Always the same, so that writing an entry again changes nothing. */
    private static final long TIMESTAMP = 1;

    private final Requests requests;
    private final int batchRows;
    private final PreparedStatement insert;

    CatalogTable(CassandraConnection connection) {
        this.requests = connection.requests();
        this.batchRows = connection.settings().batchRows();
        this.insert = connection
                .session()
                .prepare("INSERT INTO " + connection.table("catalog")
                        + " (kind, parent, shard, name) VALUES (?, ?, ?, ?) USING TIMESTAMP ?");
    }

    RequestGroup write(Collection<CatalogEntry> entries) {
        Set<Item> items = new LinkedHashSet<>();
        for (CatalogEntry entry : entries) {
            items.add(new Item("groups", "", entry.group()));
            items.add(new Item("devices", entry.group(), entry.device()));
            items.add(new Item("device-metrics", entry.device(), entry.metric()));
            items.add(new Item("group-metrics", entry.group(), entry.metric()));
        }
        RequestGroup group = requests.group("writing the catalog");
        PartitionBatches<Partition> batches = new PartitionBatches<>(group, batchRows);
        for (Item item : items) {
            int shard = PartitionLayout.shardOf(item.name(), SHARDS);
            batches.add(
                    new Partition(item.kind(), item.parent(), shard),
                    insert.bind(item.kind(), item.parent(), shard, item.name(), TIMESTAMP));
        }
        batches.sendRest();
        return group;
    }

    private record Item(String kind, String parent, String name) {}

    private record Partition(String kind, String parent, int shard) {}
}
