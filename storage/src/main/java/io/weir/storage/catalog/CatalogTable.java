package io.weir.storage.catalog;

import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import io.weir.core.fold.port.CatalogEntry;
import io.weir.storage.schema.PartitionLayout;
import io.weir.storage.session.BatchLimits;
import io.weir.storage.session.CassandraConnection;
import io.weir.storage.session.PartitionBatches;
import io.weir.storage.session.RetryingSession;
import io.weir.storage.session.WriteGroup;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/** Writes the catalog of groups, devices and metrics, and the sources of each device. Thread-safe. */
public final class CatalogTable {

    // The kinds of entries; the parent of groups is empty.
    public static final String GROUPS = "groups";
    public static final String DEVICES = "devices";
    public static final String DEVICE_METRICS = "device-metrics";
    public static final String GROUP_METRICS = "group-metrics";

    private static final int SHARDS = 16;

    /** All values of {@code shard} in {@code catalog}. */
    public static final List<Integer> ALL_SHARDS =
            IntStream.range(0, SHARDS).boxed().toList();

    private static final int DEVICE_SHARDS = 64;

    /** All values of {@code shard} in {@code device_sources}. */
    public static final List<Integer> ALL_DEVICE_SHARDS =
            IntStream.range(0, DEVICE_SHARDS).boxed().toList();

    /** The write timestamp of all entries: constant, so that writing an entry again changes nothing. */
    private static final long TIMESTAMP = 1;

    private final RetryingSession requests;
    private final BatchLimits limits;
    private final PreparedStatement insert;
    private final PreparedStatement insertSource;

    public CatalogTable(CassandraConnection connection) {
        this.requests = connection.requests();
        this.limits = connection.batchLimits();
        this.insert = connection
                .session()
                .prepare("INSERT INTO " + connection.table("catalog")
                        + " (kind, parent, shard, name) VALUES (?, ?, ?, ?) USING TIMESTAMP ?");
        this.insertSource = connection
                .session()
                .prepare("INSERT INTO " + connection.table("device_sources")
                        + " (shard, device, source) VALUES (?, ?, ?) USING TIMESTAMP ?");
    }

    /** Returns the shard of a name in {@code catalog}. */
    public static int shardOf(String name) {
        return PartitionLayout.shardOf(name, SHARDS);
    }

    /** Returns the shard of a device in {@code device_sources}. */
    public static int deviceShardOf(String device) {
        return PartitionLayout.shardOf(device, DEVICE_SHARDS);
    }

    /**
     * Starts to write entries that may be there already.
     *
     * @param source the source that stores readings of the entries
     */
    public WriteGroup write(int source, Collection<CatalogEntry> entries) {
        Set<Item> items = new LinkedHashSet<>();
        Set<String> devices = new LinkedHashSet<>();
        for (CatalogEntry entry : entries) {
            items.add(new Item(GROUPS, "", entry.group()));
            items.add(new Item(DEVICES, entry.group(), entry.device()));
            items.add(new Item(DEVICE_METRICS, entry.device(), entry.metric()));
            items.add(new Item(GROUP_METRICS, entry.group(), entry.metric()));
            devices.add(entry.device());
        }
        WriteGroup group = requests.group("writing the catalog");
        PartitionBatches<Partition, Item> batches = new PartitionBatches<>(
                group,
                limits,
                (partition, item) ->
                        insert.bind(item.kind(), item.parent(), partition.shard(), item.name(), TIMESTAMP));
        for (Item item : items) {
            batches.add(new Partition(item.kind(), item.parent(), shardOf(item.name())), item);
        }
        batches.sendRest();
        PartitionBatches<Integer, String> sources = new PartitionBatches<>(
                group, limits, (shard, device) -> insertSource.bind(shard, device, source, TIMESTAMP));
        devices.forEach(device -> sources.add(deviceShardOf(device), device));
        sources.sendRest();
        return group;
    }

    private record Item(String kind, String parent, String name) {}

    private record Partition(String kind, String parent, int shard) {}
}
