package io.weir.storage;

import com.datastax.oss.driver.api.core.DriverException;
import io.weir.core.fold.port.DeciderTables;
import io.weir.core.fold.port.SourceTables;
import io.weir.core.fold.port.TablesException;
import io.weir.storage.catalog.CatalogTable;
import io.weir.storage.ledger.LedgerTable;
import io.weir.storage.ledger.SkippedTable;
import io.weir.storage.raw.RawSpans;
import io.weir.storage.raw.RawTables;
import io.weir.storage.rejected.RejectedTable;
import io.weir.storage.rollup.RollupTables;
import io.weir.storage.run.FeedQuery;
import io.weir.storage.run.QueryLayout;
import io.weir.storage.schema.PartitionLayout;
import io.weir.storage.session.CassandraConnection;
import io.weir.storage.source.SourceId;

/**
 * Prepares the statements of all tables that folds write, once per process, and creates each source's view of the
 * tables. Thread-safe.
 */
public final class CassandraTables {

    private final RawTables raw;
    private final RawSpans rawSpans;
    private final RollupTables rollups;
    private final RejectedTable rejected;
    private final CatalogTable catalog;
    private final SkippedTable exceptions;
    private final LedgerTable ledger;

    /**
     * Prepares the statements. All sources share the connection's limit on concurrent requests.
     *
     * @throws TablesException if the tables do not exist or Cassandra is unavailable
     */
    public CassandraTables(CassandraConnection connection, PartitionLayout layout) {
        try {
            raw = new RawTables(connection, layout);
            rawSpans = new RawSpans(connection, layout);
            rollups = new RollupTables(connection, layout);
            rejected = new RejectedTable(connection);
            catalog = new CatalogTable(connection);
            exceptions = new SkippedTable(connection);
            ledger = new LedgerTable(connection);
        } catch (DriverException e) {
            throw new TablesException(
                    "cannot prepare to write to keyspace "
                            + connection.settings().keyspace() + " (" + e.getMessage() + "): apply the schema first",
                    e);
        }
    }

    /** Returns the tables for a fold of this source that feeds all of them. */
    public SourceTables of(SourceId source) {
        return tables(source, QueryLayout.FUSED);
    }

    /** Returns the tables for the decider of this source. */
    public DeciderTables ofDecider(SourceId source) {
        return tables(source, QueryLayout.EIGHT);
    }

    /** Returns the tables for a follower of this source. */
    public CassandraFollowerTables ofFollower(SourceId source, FeedQuery query) {
        return new CassandraFollowerTables(source, query, raw, rollups, exceptions, ledger);
    }

    private CassandraSourceTables tables(SourceId source, QueryLayout layout) {
        return new CassandraSourceTables(source, layout, raw, rawSpans, rollups, rejected, catalog, exceptions, ledger);
    }
}
