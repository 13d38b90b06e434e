package io.weir.storage.ledger;

import java.util.List;

/** Reads the sources and their ledgers. */
public interface LedgerReader {

    /**
     * Returns all sources, in order of their numbers.
     *
     * @throws io.weir.core.fold.port.TablesException if the tables cannot be reached
     */
    List<SourceLedger> readAll();
}
