package io.weir.storage;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What may differ from {@code setup.cql} as it is shipped.
 *
 * @param replication the keyspace's replication as a CQL map; applies when the keyspace is created
 * @param rawRetention how long raw readings are kept, in whole seconds; null for ever
 * @param rollupRetention how long rollups are kept, in whole seconds; null for ever
 */
public record SchemaSettings(
        String keyspace, String replication, @Nullable Duration rawRetention, @Nullable Duration rollupRetention) {

    /** The definition as it is shipped: for one node, everything kept for ever. */
    public static final SchemaSettings DEFAULT = new SchemaSettings(
            CassandraSettings.DEFAULT.keyspace(), "{'class': 'NetworkTopologyStrategy', 'datacenter1': 1}", null, null);

    /** Returns these settings for another keyspace. */
    public SchemaSettings withKeyspace(String other) {
        return new SchemaSettings(other, replication, rawRetention, rollupRetention);
    }

    /** Returns these settings for so many replicas in a datacenter. */
    public SchemaSettings withReplicas(String datacenter, int replicas) {
        String other = "{'class': 'NetworkTopologyStrategy', '" + datacenter + "': " + replicas + "}";
        return new SchemaSettings(keyspace, other, rawRetention, rollupRetention);
    }

    /** Returns these settings with other retentions; null keeps for ever. */
    public SchemaSettings withRetention(@Nullable Duration raw, @Nullable Duration rollups) {
        return new SchemaSettings(keyspace, replication, raw, rollups);
    }

    /** Returns {@code default_time_to_live} of a table. */
    int timeToLiveOf(String table) {
        Duration retention = table.startsWith("raw_") ? rawRetention : rollupRetention;
        return retention == null ? 0 : Math.toIntExact(retention.toSeconds());
    }
}
