package io.weir.storage.read;

import com.datastax.oss.driver.api.core.CqlIdentifier;
import com.datastax.oss.driver.api.core.metadata.schema.TableMetadata;
import io.weir.core.fold.TablesException;
import io.weir.storage.CassandraConnection;
import io.weir.storage.PartitionLayout;
import io.weir.storage.PipelineMeta;
import io.weir.storage.RebuildTable;
import io.weir.storage.RollupTable;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;

/** Opens the pipeline's tables for reading. */
public final class CassandraReadTables {

    private static final CqlIdentifier TTL = CqlIdentifier.fromInternal("default_time_to_live");

    private CassandraReadTables() {}

    /**
     * Prepares all statements.
     *
     * @param connection to the pipeline's keyspace; the caller closes it
     * @param settings as the pipeline recorded them
     * @throws TablesException if the tables are not there
     */
    public static ReadTables open(CassandraConnection connection, Map<String, String> settings) {
        return open(connection, PartitionLayout.of(settings), Duration.parse(settings.get("future-bound")));
    }

    /**
     * Prepares all statements.
     *
     * @param connection to the pipeline's keyspace; the caller closes it
     * @param layout as the pipeline recorded it
     * @param futureBound how far an event time may lie after its record's, as the pipeline recorded it
     * @throws TablesException if the tables are not there
     */
    public static ReadTables open(CassandraConnection connection, PartitionLayout layout, Duration futureBound) {
        RawRetention retention = new RawRetention(rawTimeToLive(connection), futureBound);
        return new ReadTables(
                new CassandraRollupReader(connection, layout),
                new CassandraRawReader(connection, layout),
                new CassandraLedgerReader(connection),
                new CassandraRejectedReader(connection),
                new CassandraPartitionScan(connection, layout),
                new CassandraDeviceSourcesReader(connection),
                retention,
                !timeToLive(connection, "rejected_readings").isZero()
                        || new PipelineMeta(connection, Clock.systemUTC()).mayRejectedHaveExpired(),
                rollupRetention(connection, futureBound).isLimited()
                        && !new RebuildTable(connection).readAll().isEmpty());
    }

    /** How long rollups are kept, in that table of the six where it is shortest; told as for raw rows. */
    public static RawRetention rollupRetention(CassandraConnection connection, Duration futureBound) {
        Duration shortest = RollupTable.all().stream()
                .map(table -> timeToLive(connection, table.table()))
                .filter(kept -> !kept.isZero())
                .min(Duration::compareTo)
                .orElse(Duration.ZERO);
        return new RawRetention(shortest, futureBound);
    }

    /** The shorter of the two raw tables' lives, as the tables themselves say it. */
    private static Duration rawTimeToLive(CassandraConnection connection) {
        Duration byDevice = timeToLive(connection, "raw_by_device");
        Duration byGroup = timeToLive(connection, "raw_by_group");
        if (byDevice.isZero() || byGroup.isZero()) {
            return byDevice.plus(byGroup);
        }
        return byDevice.compareTo(byGroup) < 0 ? byDevice : byGroup;
    }

    private static Duration timeToLive(CassandraConnection connection, String name) {
        TableMetadata table = connection
                .session()
                .getMetadata()
                .getKeyspace(connection.settings().keyspace())
                .flatMap(keyspace -> keyspace.getTable(name))
                .orElseThrow(() -> new TablesException("found no table " + connection.table(name)
                        + ": apply the schema, or name the keyspace that the pipeline uses"));
        return table.getOptions().get(TTL) instanceof Integer seconds ? Duration.ofSeconds(seconds) : Duration.ZERO;
    }
}
