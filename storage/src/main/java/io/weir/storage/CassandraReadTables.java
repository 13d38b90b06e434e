package io.weir.storage;

import com.datastax.oss.driver.api.core.CqlIdentifier;
import com.datastax.oss.driver.api.core.metadata.schema.TableMetadata;
import io.weir.core.fold.port.TablesException;
import io.weir.storage.admin.RebuildTable;
import io.weir.storage.catalog.CassandraDeviceSourcesReader;
import io.weir.storage.ledger.CassandraLedgerReader;
import io.weir.storage.raw.CassandraRawReader;
import io.weir.storage.rejected.CassandraRejectedReader;
import io.weir.storage.rollup.CassandraActivityReader;
import io.weir.storage.rollup.CassandraRollupReader;
import io.weir.storage.rollup.RollupTable;
import io.weir.storage.run.CassandraFailureReader;
import io.weir.storage.run.PipelineMeta;
import io.weir.storage.run.Retention;
import io.weir.storage.schema.PartitionLayout;
import io.weir.storage.session.CassandraConnection;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Opens the pipeline's tables for reading. */
public final class CassandraReadTables {

    private static final CqlIdentifier TTL = CqlIdentifier.fromInternal("default_time_to_live");
    private static final String FOREVER = "off";
    private static final List<String> RAW_TABLES = List.of("raw_by_device", "raw_by_group");
    private static final List<String> ROLLUP_TABLES =
            RollupTable.all().stream().map(RollupTable::table).toList();

    private CassandraReadTables() {}

    /**
     * Prepares all statements but those of scans.
     *
     * @param connection to the pipeline's keyspace; the caller closes it
     * @param settings the settings recorded by the pipeline
     * @throws TablesException if the tables do not exist
     */
    public static ReadTables open(CassandraConnection connection, Map<String, String> settings) {
        return open(connection, PartitionLayout.of(settings), Duration.parse(settings.get("future-bound")));
    }

    /**
     * Prepares all statements but those of scans.
     *
     * @param connection to the pipeline's keyspace; the caller closes it
     * @param layout the layout recorded by the pipeline
     * @param futureBound the maximum time by which an event time may be after its record's, as recorded by the pipeline
     * @throws TablesException if the tables do not exist
     */
    public static ReadTables open(CassandraConnection connection, PartitionLayout layout, Duration futureBound) {
        PipelineMeta meta = new PipelineMeta(connection, Clock.systemUTC());
        Duration bound = longestFutureBound(meta, futureBound);
        Retention raw = new Retention(limits(connection, meta, "raw-retention", RAW_TABLES), bound);
        Retention rollups = new Retention(limits(connection, meta, "rollup-retention", ROLLUP_TABLES), bound);
        return new ReadTables(
                new CassandraRollupReader(connection, layout),
                new CassandraRawReader(connection, layout),
                new CassandraLedgerReader(connection),
                new CassandraRejectedReader(connection),
                new CassandraPartitionScan(connection, layout),
                new CassandraDeviceSourcesReader(connection),
                new CassandraActivityReader(connection, layout),
                new CassandraFailureReader(connection),
                raw,
                rollups,
                !timeToLive(connection, "rejected_readings").isZero() || meta.mayRejectedReadingsHaveExpired(),
                rollups.isLimited()
                        && new RebuildTable(connection).readAll().stream().anyMatch(rebuild -> rebuild.request()
                                .acceptsRepairs()));
    }

    /** Returns the retentions that were recorded, and those of the tables, in case a user has altered a table. */
    private static List<Retention.Limit> limits(
            CassandraConnection connection, PipelineMeta meta, String setting, List<String> tables) {
        Set<Retention.Limit> limits = new LinkedHashSet<>();
        meta.history(setting).stream()
                .filter(period -> !period.value().equals(FOREVER))
                .forEach(period -> limits.add(new Retention.Limit(Duration.parse(period.value()), period.until())));
        tables.stream()
                .map(table -> timeToLive(connection, table))
                .filter(kept -> !kept.isZero())
                .forEach(kept -> limits.add(new Retention.Limit(kept, Instant.MAX)));
        return List.copyOf(limits);
    }

    private static Duration longestFutureBound(PipelineMeta meta, Duration now) {
        return meta.history("future-bound").stream()
                .map(period -> Duration.parse(period.value()))
                .filter(bound -> bound.compareTo(now) > 0)
                .max(Duration::compareTo)
                .orElse(now);
    }

    private static Duration timeToLive(CassandraConnection connection, String name) {
        TableMetadata table = connection
                .session()
                .getMetadata()
                .getKeyspace(connection.settings().keyspace())
                .flatMap(keyspace -> keyspace.getTable(name))
                .orElseThrow(() -> new TablesException("there is no table " + connection.table(name)
                        + ": apply the schema, or name the keyspace that the pipeline uses"));
        return table.getOptions().get(TTL) instanceof Integer seconds ? Duration.ofSeconds(seconds) : Duration.ZERO;
    }
}
