package io.weir.storage.read;

import com.datastax.oss.driver.api.core.CqlIdentifier;
import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.metadata.schema.TableMetadata;
import io.weir.core.fold.TablesException;
import io.weir.storage.PartitionLayout;
import java.time.Duration;

/** Opens the tables of a keyspace for reading. */
public final class CassandraReadTables {

    private static final CqlIdentifier TTL = CqlIdentifier.fromInternal("default_time_to_live");

    private CassandraReadTables() {}

    /**
     * Prepares all statements.
     *
     * @param session connected to the pipeline's keyspace; the caller closes it
     * @param layout as the pipeline recorded it
     * @param futureBound how far an event time may lie after its record's, as the pipeline recorded it
     * @throws TablesException if the tables are not there
     */
    public static ReadTables open(CqlSession session, PartitionLayout layout, Duration futureBound) {
        return new ReadTables(
                new CassandraRollupReader(session, layout),
                new CassandraRawReader(session, layout),
                new CassandraLedgerReader(session),
                new CassandraRejectedReader(session),
                new CassandraPartitionScan(session, layout),
                new RawRetention(rawTimeToLive(session), futureBound));
    }

    /** The shorter of the two raw tables' lives, as the tables themselves say it. */
    private static Duration rawTimeToLive(CqlSession session) {
        Duration byDevice = timeToLive(session, "raw_by_device");
        Duration byGroup = timeToLive(session, "raw_by_group");
        if (byDevice.isZero() || byGroup.isZero()) {
            return byDevice.plus(byGroup);
        }
        return byDevice.compareTo(byGroup) < 0 ? byDevice : byGroup;
    }

    private static Duration timeToLive(CqlSession session, String name) {
        TableMetadata table = session.getKeyspace()
                .flatMap(keyspace -> session.getMetadata().getKeyspace(keyspace))
                .flatMap(keyspace -> keyspace.getTable(name))
                .orElseThrow(() -> new TablesException("found no table " + name + " in keyspace "
                        + session.getKeyspace().map(CqlIdentifier::asInternal).orElse("(none)")
                        + ": apply the schema, or connect to the pipeline's keyspace"));
        return table.getOptions().get(TTL) instanceof Integer seconds ? Duration.ofSeconds(seconds) : Duration.ZERO;
    }
}
