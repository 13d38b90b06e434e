package io.weir.core.fold.simulation;

import io.weir.core.fold.port.CatalogEntry;
import io.weir.core.fold.port.ElementPosition;
import io.weir.core.fold.port.Ledger;
import io.weir.core.fold.port.RawSpan;
import io.weir.core.fold.port.SkippedReading;
import io.weir.core.fold.port.StoreEpoch;
import io.weir.core.fold.port.StoredReading;
import io.weir.core.reading.Reading;
import io.weir.core.reading.ReadingKey;
import io.weir.core.rollup.RollupKey;
import io.weir.core.rollup.Scope;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The tables of one source.
 *
 * @param rollups the rows of all six tables: resolution and scope are in the key
 * @param ledgers one row, if any
 * @param followers the ledgers of the followers
 * @param commitLog the log of all writes to all tables
 */
record SimulatedStore(
        SimulatedTable<ReadingKey, StoredReading> rawByDevice,
        SimulatedTable<GroupRow, StoredReading> rawByGroup,
        SimulatedTable<ElementPosition, RejectedRow> rejected,
        SimulatedTable<CatalogEntry, CatalogEntry> catalog,
        SimulatedTable<RollupKey, RollupState> rollups,
        SimulatedTable<LedgerRow, Ledger> ledgers,
        SimulatedTable<ElementPosition, SkippedReading> exceptions,
        SimulatedTable<Query, Long> followers,
        SimulatedCommitLog commitLog) {

    static final Comparator<StoredReading> READ_ORDER = Comparator.<StoredReading>comparingLong(
                    row -> row.reading().time())
            .thenComparing(row -> row.reading().device());

    /** The key of a row in the raw table by group. */
    record GroupRow(String group, ReadingKey reading) {

        static GroupRow of(StoredReading stored) {
            return new GroupRow(stored.reading().group(), stored.reading().key());
        }
    }

    /** The key of the only ledger row of a source. */
    enum LedgerRow {
        ONLY
    }

    StoreEpoch epoch() {
        return commitLog.epoch();
    }

    /** Returns true if the reading was written to the table by device, even if an operator has removed it since. */
    boolean hasByDevice(StoredReading stored) {
        return rawByDevice.wasWritten(stored.reading().key());
    }

    /** Returns true if the reading was written to the table by group, even if an operator has removed it since. */
    boolean hasByGroup(StoredReading stored) {
        return rawByGroup.wasWritten(GroupRow.of(stored));
    }

    /** Returns the latest event time in each hour of a device and metric; hours without a reading are absent. */
    Map<RollupKey, Long> lastTimes(Collection<RollupKey> hours) {
        Map<List<String>, List<RollupKey>> bySeries =
                hours.stream().collect(Collectors.groupingBy(hour -> List.of(hour.id(), hour.metric())));
        Map<RollupKey, Long> last = new HashMap<>();
        rawByDevice.visibleKeys().forEach(reading -> {
            for (RollupKey hour : bySeries.getOrDefault(List.of(reading.device(), reading.metric()), List.of())) {
                if (hour.window().contains(reading.time())) {
                    last.merge(hour, reading.time(), Math::max);
                }
            }
        });
        return last;
    }

    void countExpired() {
        rawByDevice.countExpired();
        rawByGroup.countExpired();
        rollups.countExpired();
    }

    /** Returns the excepted positions in an inclusive range of offsets. */
    Set<ElementPosition> exceptions(long first, long last) {
        return exceptions.keys().stream()
                .filter(position -> position.offset() >= first && position.offset() <= last)
                .collect(Collectors.toSet());
    }

    /** Returns the raw rows of a span, in order of time and device. */
    List<StoredReading> readings(RawSpan span) {
        return (span.scope() == Scope.DEVICE ? rawByDevice : rawByGroup)
                .allVisible()
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

    boolean hasRollup(RollupKey key, long throughOffset) {
        RollupState row = rollups.read(key);
        return row != null && row.throughOffset() >= throughOffset;
    }
}
