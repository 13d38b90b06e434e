package io.weir.storage;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What may differ from {@code setup.cql} as it is shipped.
 *
 * @param replication the keyspace's replication as a CQL map; applies when the keyspace is created
 * @param rawRetention how long raw readings are kept, in whole seconds; null for ever
 * @param rollupRetention how long rollups are kept, in whole seconds; null for ever
 * @param rejectedRetention how long rejected readings are kept, in whole seconds; null for ever
 */
public record SchemaSettings(
        String keyspace,
        String replication,
        @Nullable Duration rawRetention,
        @Nullable Duration rollupRetention,
        @Nullable Duration rejectedRetention) {

    /** The definition as it is shipped: for one node, everything kept for ever. */
    public static final SchemaSettings DEFAULT = new SchemaSettings(
            CassandraSettings.DEFAULT.keyspace(),
            "{'class': 'NetworkTopologyStrategy', 'datacenter1': 1}",
            null,
            null,
            null);

    /** Returns these settings for another keyspace. */
    public SchemaSettings withKeyspace(String other) {
        return new SchemaSettings(other, replication, rawRetention, rollupRetention, rejectedRetention);
    }

    /** Returns these settings for so many replicas in a datacenter. */
    public SchemaSettings withReplicas(String datacenter, int replicas) {
        String other = "{'class': 'NetworkTopologyStrategy', '" + datacenter + "': " + replicas + "}";
        return new SchemaSettings(keyspace, other, rawRetention, rollupRetention, rejectedRetention);
    }

    /** Returns these settings with other retentions; null keeps for ever. */
    public SchemaSettings withRetention(
            @Nullable Duration raw, @Nullable Duration rollups, @Nullable Duration rejected) {
        return new SchemaSettings(keyspace, replication, raw, rollups, rejected);
    }

    /** Returns {@code default_time_to_live} of a table. */
    int timeToLiveOf(String table) {
        Duration retention = retentionOf(table);
        return retention == null ? 0 : Math.toIntExact(retention.toSeconds());
    }

    private @Nullable Duration retentionOf(String table) {
        if (table.startsWith("raw_")) {
            return rawRetention;
        }
        return table.equals(RejectedTable.NAME) ? rejectedRetention : rollupRetention;
    }
}
