package io.weir.core.fold.simulation;

import io.weir.core.fold.CatalogEntry;
import io.weir.core.fold.Ledger;
import io.weir.core.fold.RawSpan;
import io.weir.core.fold.StoredReading;
import io.weir.core.reading.Reading;
import io.weir.core.reading.ReadingKey;
import io.weir.core.rollup.RollupKey;
import io.weir.core.rollup.Scope;
import java.util.Comparator;
import java.util.List;

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

    static final Comparator<StoredReading> READ_ORDER = Comparator.<StoredReading>comparingLong(
                    row -> row.reading().time())
            .thenComparing(row -> row.reading().device());

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

    /** Returns the raw rows of a device or a group, in order of time and device. */
    List<StoredReading> readings(RawSpan span) {
        return (span.scope() == Scope.DEVICE ? rawByDevice : rawByGroup)
                .all()
                .filter(row -> isIn(span, row.reading()))
                .sorted(READ_ORDER)
                .toList();
    }

    static boolean isIn(RawSpan span, Reading reading) {
        String id = span.scope() == Scope.DEVICE ? reading.device() : reading.group();
        return id.equals(span.id())
                && reading.metric().equals(span.metric())
                && reading.time() >= span.from()
                && reading.time() < span.to();
    }

    boolean hasReading(StoredReading stored) {
        return rawByDevice.read(stored.reading().key()) != null && rawByGroup.read(GroupRow.of(stored)) != null;
    }

    boolean hasRollup(RollupKey key, long throughOffset) {
        RollupState row = rollups.read(key);
        return row != null && row.throughOffset() >= throughOffset;
    }
}
