package io.weir.storage.read;

import io.weir.storage.CassandraConnection;
import io.weir.storage.LedgerTable;
import io.weir.storage.SourceRegistry;
import java.util.List;

/** Reads the tables {@code sources}, {@code retired_sources} and {@code ledger}. Thread-safe. */
public final class CassandraLedgerReader implements LedgerReader {

    private final SourceRegistry registry;
    private final LedgerTable ledgers;

    public CassandraLedgerReader(CassandraConnection connection) {
        registry = new SourceRegistry(connection);
        ledgers = new LedgerTable(connection);
    }

    @Override
    public List<SourceLedger> readAll() {
        return registry.readAll().stream()
                .map(source -> new SourceLedger(source, ledgers.read(source.id())))
                .toList();
    }
}
