package io.weir.core.fold.simulation;

import io.weir.core.fold.CatalogEntry;
import io.weir.core.fold.Ledger;
import io.weir.core.fold.StoredReading;
import io.weir.core.reading.ReadingKey;
import io.weir.core.rollup.RollupKey;

/**
 * What a database has of one source.
 *
 * @param rollups the rows of all six tables: resolution and scope are in the key
 * @param ledgers one row, if any
 */
record SimulatedStore(
        SimulatedTable<ReadingKey, StoredReading> rawByDevice,
        SimulatedTable<GroupRow, StoredReading> rawByGroup,
        SimulatedTable<RejectedRow.Position, RejectedRow> rejected,
        SimulatedTable<CatalogEntry, CatalogEntry> catalog,
        SimulatedTable<RollupKey, RollupState> rollups,
        SimulatedTable<LedgerRow, Ledger> ledgers) {

    /** The key of a row of raw readings by group. */
    record GroupRow(String group, ReadingKey reading) {

        static GroupRow of(StoredReading stored) {
            return new GroupRow(stored.reading().group(), stored.reading().key());
        }
    }

    /** The key of the ledger, of which a source has one. */
    enum LedgerRow {
        ONLY
    }

    static SimulatedStore empty(Census census) {
        return new SimulatedStore(
                new SimulatedTable<>(census),
                new SimulatedTable<>(census),
                new SimulatedTable<>(census),
                new SimulatedTable<>(census),
                new SimulatedTable<>(census),
                new SimulatedTable<>(census));
    }

    boolean hasReading(StoredReading stored) {
        return rawByDevice.read(stored.reading().key()) != null && rawByGroup.read(GroupRow.of(stored)) != null;
    }

    boolean hasRollup(RollupKey key, long throughOffset) {
        RollupState row = rollups.read(key);
        return row != null && row.throughOffset() >= throughOffset;
    }
}
