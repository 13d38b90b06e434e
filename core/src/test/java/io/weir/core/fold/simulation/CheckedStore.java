package io.weir.core.fold.simulation;

import io.weir.core.fold.port.CatalogEntry;
import io.weir.core.fold.port.ElementPosition;
import io.weir.core.fold.port.Ledger;
import io.weir.core.fold.port.RejectedReading;
import io.weir.core.fold.port.SkippedReading;
import io.weir.core.fold.port.StoreEpoch;
import io.weir.core.fold.port.StoredReading;
import io.weir.core.rollup.RollupKey;

/**
 * The entry point of all writes to the tables: checks each against the log and the tables, and then applies it with its
 * timestamp.
 *
 * <p>A correct write is stored as the oracle's own object, so that comparing the tables with the oracle is fast.
 */
final class CheckedStore {

    private final SimulatedStore store;
    private final Oracle oracle;
    private final Census census;
    private final Layouts layouts;
    private boolean ended;

    CheckedStore(SimulatedStore store, Oracle oracle, Layouts layouts, Census census) {
        this.store = store;
        this.oracle = oracle;
        this.layouts = layouts;
        this.census = census;
    }

    /**
     * Marks the source as ended. From here on, a rollup row or ledger may be written without its raw rows: it has no
     * effect after the rollback.
     */
    void end() {
        ended = true;
    }

    void writeByDevice(StoredReading found) {
        StoredReading row = firstArrival(found);
        store.rawByDevice().write(row.reading().key(), row, row.timestamp());
    }

    void writeByGroup(StoredReading found) {
        StoredReading row = firstArrival(found);
        store.rawByGroup().write(SimulatedStore.GroupRow.of(row), row, row.timestamp());
    }

    void writeRejected(RejectedReading rejected) {
        ElementPosition position = RejectedRow.positionOf(rejected);
        RejectedRow row = RejectedRow.of(rejected);
        if (!row.equals(oracle.rejected(position))) {
            throw new Violation(
                    Check.REJECTED_ROW, position + ": found " + row + ", expected " + oracle.rejected(position));
        }
        store.rejected().write(position, row, rejected.timestamp());
    }

    void writeException(SkippedReading found) {
        SkippedReading expected = oracle.exception(found.position());
        if (!found.equals(expected)) {
            throw new Violation(Check.EXCEPTION_ROW, "found " + found + ", expected " + expected);
        }
        store.exceptions().write(found.position(), expected, found.timestamp());
    }

    void writeCatalog(CatalogEntry entry) {
        if (!oracle.hasCatalogEntry(entry)) {
            throw new Violation(Check.CATALOG_ROW, "found " + entry);
        }
        store.catalog().write(entry, entry, 0);
    }

    /**
     * Applies a rollup row.
     *
     * @param epoch the epoch in which the writer has written the row's raw rows
     */
    void writeRollup(RollupKey key, RollupState row, long version, StoreEpoch epoch) {
        long through = row.throughOffset();
        RollupHistory history = oracle.rollup(key);
        String fault = history == null ? "no reading has this window" : history.faultOf(row);
        if (fault != null) {
            throw new Violation(Check.ROLLUP_ROW, key + ": " + fault + "; found " + row);
        }
        String wrong = history.registerVersion(through, version);
        if (wrong != null) {
            throw new Violation(Check.VERSION, key + " through " + through + " " + wrong);
        }
        Fact missing = history.withoutRawRows(through, store, layouts.at(through));
        if (missing != null && !ended && store.epoch().equals(epoch)) {
            throw new Violation(Check.RAW_BEFORE_ROLLUP, key + " through " + through + " holds " + missing);
        }
        if (history.isRebuiltAt(through)) {
            census.count(row.count() == 0 ? Event.ROW_REBUILT_TO_NOTHING : Event.ROW_REBUILT);
        }
        store.rollups().write(history.key(), history.writtenAt(through), version);
    }

    void writeLedger(Ledger ledger, Layout layout) {
        if (!ledger.balances()) {
            throw new Violation(Check.LEDGER_BALANCE, "found " + ledger);
        }
        Ledger expected = oracle.ledger(ledger.throughOffset());
        if (!ledger.equals(expected)) {
            throw new Violation(Check.LEDGER_COUNTS, "found " + ledger + ", expected " + expected);
        }
        for (Query table : Query.values()) {
            if (!ended && layout.feeds(Query.RAW_BY_DEVICE, table)) {
                requireAllDurable(table, ledger.throughOffset());
            }
        }
        census.count(Event.LEDGER_CLOSED);
        store.ledgers().write(SimulatedStore.LedgerRow.ONLY, ledger, ledger.throughOffset());
        if (oracle.isCommand(ledger.throughOffset())) {
            // After a database goes back to before a rebuild, rows may be ahead of it; an operator would have to repeat
            // the rebuild.
            store.commitLog().keep();
        }
    }

    void writeFollowerLedger(Query query, long through) {
        Ledger decided = store.ledgers().read(SimulatedStore.LedgerRow.ONLY);
        if (!ended) {
            if (decided == null || through > decided.throughOffset() || oracle.ledger(through) == null) {
                throw new Violation(
                        Check.FOLLOWER_AFTER_DECIDER, query + ": found " + through + ", decided is " + decided);
            }
            requireAllDurable(query, through);
        }
        census.count(Event.FOLLOWER_LEDGER_CLOSED);
        store.followers().write(query, through, through);
    }

    private StoredReading firstArrival(StoredReading found) {
        StoredReading expected = oracle.reading(found.reading().key());
        if (!found.equals(expected)) {
            throw new Violation(Check.RAW_ROW, "found " + found + ", expected " + expected);
        }
        return expected;
    }

    private void requireAllDurable(Query table, long offset) {
        Fact missing = oracle.facts(table).firstMissing(offset, store);
        if (missing != null) {
            throw new Violation(Check.LEDGER_LAST, "closed through " + offset + " without " + missing);
        }
    }
}
