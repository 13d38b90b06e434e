package io.weir.core.fold.simulation;

import io.weir.core.fold.CatalogEntry;
import io.weir.core.fold.Ledger;
import io.weir.core.fold.RejectedReading;
import io.weir.core.fold.StoredReading;
import io.weir.core.rollup.RollupKey;
import java.util.List;

/**
 * Where writes arrive, whoever sent them and whenever: each is checked against the log and against what is in the tables
 * already, and then applied with its timestamp.
 *
 * <p>What is right is applied as the oracle's own object, so that the tables are quickly compared with it.
 */
final class CheckedStore {

    private final SimulatedStore store;
    private final Oracle oracle;
    private final Census census;
    private int accountedFor;

    CheckedStore(SimulatedStore store, Oracle oracle, Census census) {
        this.store = store;
        this.oracle = oracle;
        this.census = census;
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
        RejectedRow.Position position = RejectedRow.Position.of(rejected);
        RejectedRow row = RejectedRow.of(rejected);
        if (!row.equals(oracle.rejected(position))) {
            throw new Violation(
                    Check.REJECTED_ROW, position + ": found " + row + ", expected " + oracle.rejected(position));
        }
        store.rejected().write(position, row, rejected.timestamp());
    }

    void writeCatalog(CatalogEntry entry) {
        if (!oracle.hasCatalogEntry(entry)) {
            throw new Violation(Check.CATALOG_ROW, "found " + entry);
        }
        store.catalog().write(entry, entry, 0);
    }

    void writeRollup(RollupKey key, RollupState row, long version) {
        long through = row.throughOffset();
        RollupHistory history = oracle.rollup(key);
        RollupState expected = history == null ? null : history.at(through);
        if (history == null || expected == null || !row.equals(expected)) {
            throw new Violation(Check.ROLLUP_ROW, key + ": found " + row + ", expected " + expected);
        }
        String wrong = history.noteVersion(through, version);
        if (wrong != null) {
            throw new Violation(Check.VERSION, key + " through " + through + " " + wrong);
        }
        Fact missing = history.withoutRawRows(through, store);
        if (missing != null) {
            throw new Violation(Check.RAW_BEFORE_ROLLUP, key + " through " + through + " holds " + missing);
        }
        if (history.isRebuiltAt(through)) {
            census.count(expected.count() == 0 ? Event.ROW_REBUILT_TO_NOTHING : Event.ROW_REBUILT);
        }
        store.rollups().write(history.key(), expected, version);
    }

    void writeLedger(Ledger ledger) {
        if (!ledger.balances()) {
            throw new Violation(Check.LEDGER_BALANCE, "found " + ledger);
        }
        Ledger expected = oracle.ledger(ledger.throughOffset());
        if (!ledger.equals(expected)) {
            throw new Violation(Check.LEDGER_COUNTS, "found " + ledger + ", expected " + expected);
        }
        requireAllDurable(ledger.throughOffset());
        census.count(Event.LEDGER_CLOSED);
        store.ledgers().write(SimulatedStore.LedgerRow.ONLY, ledger, ledger.throughOffset());
    }

    private StoredReading firstArrival(StoredReading found) {
        StoredReading expected = oracle.reading(found.reading().key());
        if (!found.equals(expected)) {
            throw new Violation(Check.RAW_ROW, "found " + found + ", expected " + expected);
        }
        return expected;
    }

    private void requireAllDurable(long offset) {
        List<Fact> facts = oracle.facts();
        while (accountedFor < facts.size() && facts.get(accountedFor).offset() <= offset) {
            Fact fact = facts.get(accountedFor);
            if (!fact.isDurable(store)) {
                throw new Violation(Check.LEDGER_LAST, "closed through " + offset + " without " + fact);
            }
            accountedFor++;
        }
    }
}
