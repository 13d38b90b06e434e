package io.weir.benchmarks.variant;

import com.datastax.oss.driver.api.core.cql.BoundStatement;
import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import com.datastax.oss.driver.api.core.cql.SimpleStatement;
import io.weir.core.rollup.Resolution;
import io.weir.core.rollup.Scope;
import io.weir.storage.rollup.RollupTable;
import io.weir.storage.session.CassandraConnection;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Tables as they are usual without Weir: eight of the same purposes as its own, without sources, offsets, sketches or a
 * ledger. A later row replaces an earlier one with the same key. Thread-safe.
 */
public final class PlainTables {

    private static final Duration CHANGE_TIMEOUT = Duration.ofSeconds(60);

    /** One for each keyspace that tasks of this JVM write to. */
    private static final Map<String, PlainTables> OPEN = new ConcurrentHashMap<>();

    private final CassandraConnection connection;
    private final PreparedStatement rawByDevice;
    private final PreparedStatement rawByGroup;
    private final Map<RollupTable, PreparedStatement> rollups = new HashMap<>();

    private PlainTables(Job job) {
        connection = job.connect(job.keyspace());
        rawByDevice = connection
                .session()
                .prepare("INSERT INTO " + connection.table("raw_by_device")
                        + " (device, metric, day, time, group, value) VALUES (?, ?, ?, ?, ?, ?)");
        rawByGroup = connection
                .session()
                .prepare("INSERT INTO " + connection.table("raw_by_group")
                        + " (group, metric, hour, time, device, value) VALUES (?, ?, ?, ?, ?, ?)");
        for (RollupTable table : RollupTable.all()) {
            rollups.put(
                    table,
                    connection
                            .session()
                            .prepare(
                                    "INSERT INTO " + connection.table(table.table())
                                            + " (id, metric, window_start, count, sum, min, max) VALUES (?, ?, ?, ?, ?, ?, ?)"));
        }
    }

    /** Creates the keyspace and the tables. */
    static void create(Job job) {
        try (CassandraConnection connection = job.connect(job.keyspace())) {
            change(
                    connection,
                    "CREATE KEYSPACE " + job.keyspace()
                            + " WITH replication = {'class': 'NetworkTopologyStrategy', 'datacenter1': 1}");
            change(
                    connection,
                    "CREATE TABLE " + connection.table("raw_by_device")
                            + " (device text, metric text, day timestamp, time timestamp, group text, value double,"
                            + " PRIMARY KEY ((device, metric, day), time))");
            change(
                    connection,
                    "CREATE TABLE " + connection.table("raw_by_group")
                            + " (group text, metric text, hour timestamp, time timestamp, device text, value double,"
                            + " PRIMARY KEY ((group, metric, hour), time, device))");
            for (RollupTable table : RollupTable.all()) {
                change(
                        connection,
                        "CREATE TABLE " + connection.table(table.table())
                                + " (id text, metric text, window_start timestamp, count bigint, sum double,"
                                + " min double, max double, PRIMARY KEY ((id, metric), window_start))");
            }
        }
    }

    /** The tables that tasks write to, opened by the first. */
    static PlainTables of(Job job) {
        return OPEN.computeIfAbsent(job.keyspace(), absent -> new PlainTables(job));
    }

    /** Once no task writes any more. */
    static void close(Job job) {
        PlainTables open = OPEN.remove(job.keyspace());
        if (open != null) {
            open.connection.close();
        }
    }

    CassandraConnection connection() {
        return connection;
    }

    BoundStatement bindRawByDevice(PlainReading reading) {
        return rawByDevice.bind(
                reading.device(),
                reading.metric(),
                reading.time().truncatedTo(ChronoUnit.DAYS),
                reading.time(),
                reading.group(),
                reading.value());
    }

    BoundStatement bindRawByGroup(PlainReading reading) {
        return rawByGroup.bind(
                reading.group(),
                reading.metric(),
                reading.time().truncatedTo(ChronoUnit.HOURS),
                reading.time(),
                reading.device(),
                reading.value());
    }

    BoundStatement bind(PlainRollup rollup) {
        RollupTable table = new RollupTable(Scope.valueOf(rollup.scope()), Resolution.valueOf(rollup.resolution()));
        return Objects.requireNonNull(rollups.get(table))
                .bind(
                        rollup.id(),
                        rollup.metric(),
                        rollup.windowStart(),
                        rollup.count(),
                        rollup.sum(),
                        rollup.min(),
                        rollup.max());
    }

    private static void change(CassandraConnection connection, String statement) {
        connection.session().execute(SimpleStatement.newInstance(statement).setTimeout(CHANGE_TIMEOUT));
    }

    /** A reading as Spark's columns have it. */
    record PlainReading(String device, String group, String metric, Instant time, double value) {}

    /** A rollup as Spark's columns have it. */
    record PlainRollup(
            String scope,
            String resolution,
            String id,
            String metric,
            Instant windowStart,
            long count,
            double sum,
            double min,
            double max) {}
}
