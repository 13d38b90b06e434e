package io.weir.storage;

import com.datastax.oss.driver.api.core.DriverException;
import io.weir.core.fold.DeciderTables;
import io.weir.core.fold.SourceTables;
import io.weir.core.fold.TablesException;
import io.weir.storage.sstable.BulkSettings;
import org.jspecify.annotations.Nullable;

/** All tables that folds write, prepared once for the whole process; gives each source its view of them. Thread-safe. */
public final class CassandraTables implements AutoCloseable {

    private final RawTables raw;
    private final RawWriter rawWriter;
    private final RawSpans rawSpans;
    private final RollupTables rollups;
    private final RollupWriter rollupWriter;
    private final RejectedTable rejected;
    private final CatalogTable catalog;
    private final ExceptionsTable exceptions;
    private final LedgerTable ledger;
    private final @Nullable BulkLoads bulk;

    /**
     * Prepares the statements. All sources share the connection's bound on requests under way.
     *
     * @throws TablesException if the tables are not there or Cassandra is away
     */
    public CassandraTables(CassandraConnection connection, PartitionLayout layout) {
        this(connection, layout, null);
    }

    /**
     * Prepares the statements, as {@link #CassandraTables(CassandraConnection, PartitionLayout)}.
     *
     * @param loads how many rows at once are loaded; null to write all of them by CQL
     */
    public CassandraTables(CassandraConnection connection, PartitionLayout layout, @Nullable BulkSettings loads) {
        try {
            raw = new RawTables(connection, layout);
            rawSpans = new RawSpans(connection, layout);
            rollups = new RollupTables(connection, layout);
            rejected = new RejectedTable(connection);
            catalog = new CatalogTable(connection);
            exceptions = new ExceptionsTable(connection);
            ledger = new LedgerTable(connection);
            if (loads == null) {
                bulk = null;
                rawWriter = raw;
                rollupWriter = rollups;
            } else {
                String keyspace = connection.settings().keyspace();
                bulk = new BulkLoads(connection, loads);
                rawWriter = new BulkRawTables(bulk, keyspace, layout, raw);
                rollupWriter = loads.rollups() ? new BulkRollupTables(bulk, keyspace, layout, rollups) : rollups;
            }
        } catch (DriverException e) {
            throw new TablesException(
                    "cannot prepare to write to keyspace "
                            + connection.settings().keyspace() + " (" + e.getMessage() + "): apply the schema first",
                    e);
        }
    }

    /** Returns the tables as the fold of this source sees them that feeds them all. */
    public SourceTables of(SourceId source) {
        return tables(source, QueryLayout.FUSED);
    }

    /** Returns the tables as the fold of this source sees them that others follow. */
    public DeciderTables ofDecider(SourceId source) {
        return tables(source, QueryLayout.EIGHT);
    }

    /** Returns the tables as a fold of this source sees them that follows. */
    public CassandraFollowerTables ofFollower(SourceId source, TableQuery query) {
        return new CassandraFollowerTables(source, query, rawWriter, rollups, rollupWriter, exceptions, ledger);
    }

    private CassandraSourceTables tables(SourceId source, QueryLayout layout) {
        return new CassandraSourceTables(
                source, layout, raw, rawWriter, rawSpans, rollups, rollupWriter, rejected, catalog, exceptions, ledger);
    }

    /** Stops what was begun beside the connection, which is left open. */
    @Override
    public void close() {
        if (bulk != null) {
            bulk.close();
        }
    }
}
