package io.weir.storage;

import com.datastax.oss.driver.api.core.DriverException;
import io.weir.core.fold.DeciderTables;
import io.weir.core.fold.SourceTables;
import io.weir.core.fold.TablesException;

/** All tables that folds write, prepared once for the whole process; gives each source its view of them. Thread-safe. */
public final class CassandraTables {

    private final RawTables raw;
    private final RawSpans rawSpans;
    private final RollupTables rollups;
    private final RejectedTable rejected;
    private final CatalogTable catalog;
    private final ExceptionsTable exceptions;
    private final LedgerTable ledger;

    /**
     * Prepares the statements. All sources share the connection's bound on requests under way.
     *
     * @throws TablesException if the tables are not there or Cassandra is away
     */
    public CassandraTables(CassandraConnection connection, PartitionLayout layout) {
        try {
            raw = new RawTables(connection, layout);
            rawSpans = new RawSpans(connection, layout);
            rollups = new RollupTables(connection, layout);
            rejected = new RejectedTable(connection);
            catalog = new CatalogTable(connection);
            exceptions = new ExceptionsTable(connection);
            ledger = new LedgerTable(connection);
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
        return new CassandraFollowerTables(source, query, raw, rollups, exceptions, ledger);
    }

    private CassandraSourceTables tables(SourceId source, QueryLayout layout) {
        return new CassandraSourceTables(source, layout, raw, rawSpans, rollups, rejected, catalog, exceptions, ledger);
    }
}
