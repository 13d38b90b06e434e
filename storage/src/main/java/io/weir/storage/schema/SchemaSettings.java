package io.weir.storage.schema;

import io.weir.storage.session.CassandraSettings;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The settings that may differ from {@code setup.cql} as it is shipped.
 *
 * @param replication the keyspace's replication as a CQL map; used when the keyspace is created
 * @param rawRetention the retention of raw readings, in whole seconds; null for no limit
 * @param rollupRetention the retention of rollups, in whole seconds; null for no limit
 * @param rejectedRetention the retention of rejected readings, in whole seconds; null for no limit
 */
public record SchemaSettings(
        String keyspace,
        String replication,
        @Nullable Duration rawRetention,
        @Nullable Duration rollupRetention,
        @Nullable Duration rejectedRetention) {

    /** The table of rejected readings, which has a retention of its own. */
    public static final String REJECTED_TABLE = "rejected_readings";

    /** The settings of {@code setup.cql} as shipped: for one node, without any retention limit. */
    public static final SchemaSettings DEFAULT = new SchemaSettings(
            CassandraSettings.DEFAULT.keyspace(),
            "{'class': 'NetworkTopologyStrategy', 'datacenter1': 1}",
            null,
            null,
            null);

    /** Returns a copy for another keyspace. */
    public SchemaSettings withKeyspace(String other) {
        return new SchemaSettings(other, replication, rawRetention, rollupRetention, rejectedRetention);
    }

    /** Returns a copy with a number of replicas in a datacenter. */
    public SchemaSettings withReplicas(String datacenter, int replicas) {
        String other = "{'class': 'NetworkTopologyStrategy', '" + datacenter + "': " + replicas + "}";
        return new SchemaSettings(keyspace, other, rawRetention, rollupRetention, rejectedRetention);
    }

    /** Returns a copy with other retentions; null for no limit. */
    public SchemaSettings withRetention(
            @Nullable Duration raw, @Nullable Duration rollups, @Nullable Duration rejected) {
        return new SchemaSettings(keyspace, replication, raw, rollups, rejected);
    }

    /** Returns {@code default_time_to_live} of a table in seconds. */
    int timeToLiveOf(String table) {
        Duration retention = retentionOf(table);
        return retention == null ? 0 : Math.toIntExact(retention.toSeconds());
    }

    private @Nullable Duration retentionOf(String table) {
        if (table.startsWith("raw_")) {
            return rawRetention;
        }
        return table.equals(REJECTED_TABLE) ? rejectedRetention : rollupRetention;
    }
}
