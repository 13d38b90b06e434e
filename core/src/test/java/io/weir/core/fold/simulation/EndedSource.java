package io.weir.core.fold.simulation;

import static java.util.Map.entry;

import io.weir.core.fold.port.ElementPosition;
import io.weir.core.fold.port.Ledger;
import io.weir.core.fold.port.StoredReading;
import io.weir.core.reading.Reading;
import io.weir.core.reference.ReferenceRollup;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A source that has ended: everything that its ledgers account for must stay. Of the records between the ledgers and
 * the first record of the next source, any rows may remain.
 */
final class EndedSource {

    private final Oracle oracle;
    private final SimulatedStore store;
    private final Ledger ledger;
    private final Map<Query, Long> accountedFor = new EnumMap<>(Query.class);
    private final long from;

    /**
     * Notes the ledgers of a source that ends, which a late write may still change until {@link #seal}.
     *
     * @param layout the layout in which the source has ended
     * @param from the first offset of the source that follows; {@link Long#MAX_VALUE} if none applies this source's
     *     records
     */
    EndedSource(SimulatedWorld world, Oracle oracle, Layout layout, long from) {
        this.oracle = oracle;
        this.store = world.store();
        this.ledger = world.ledger();
        this.from = from;
        for (Query query : Query.values()) {
            Long follower = store.followers().read(query);
            accountedFor.put(
                    query,
                    layout == Layout.FUSED || query.decides()
                            ? ledger.throughOffset()
                            : follower == null ? world.throughOffsetBefore() : follower);
        }
    }

    /** Writes the ledger for the last time. */
    void seal() {
        store.ledgers().write(SimulatedStore.LedgerRow.ONLY, ledger, Long.MAX_VALUE);
    }

    /**
     * Checks that the source contains what it must, and nothing that it must not.
     *
     * @throws Violation if it does not
     */
    void check() {
        store.ledgers().requireExactly(Check.ENDED_SOURCE, Stream.of(entry(SimulatedStore.LedgerRow.ONLY, ledger)));
        for (StoredReading row : oracle.readings()) {
            require(
                    Query.RAW_BY_DEVICE,
                    row.offset(),
                    row,
                    store.rawByDevice().read(row.reading().key()));
            require(Query.RAW_BY_GROUP, row.offset(), row, store.rawByGroup().read(SimulatedStore.GroupRow.of(row)));
        }
        for (ElementPosition position : oracle.rejected()) {
            require(
                    Query.RAW_BY_DEVICE,
                    position.offset(),
                    oracle.rejected(position),
                    store.rejected().read(position));
        }
        oracle.rollups().forEach(this::require);
    }

    private void require(Query table, long offset, @Nullable Object row, @Nullable Object found) {
        boolean isMissing = found == null ? offset <= accountedFor.get(table) : offset >= from || !found.equals(row);
        if (isMissing) {
            throw new Violation(
                    Check.ENDED_SOURCE, table + ": found " + found + ", the log has " + row + " at " + offset + this);
        }
    }

    private void require(RollupHistory history) {
        List<Reading> required = history.readingsAt(accountedFor.get(Query.of(history.key())));
        List<Reading> allowed = history.readingsAt(from - 1);
        RollupState row = store.rollups().read(history.key());
        String fault;
        if (row == null) {
            fault = required.isEmpty() ? null : "the row is missing";
        } else if (row.throughOffset() >= from) {
            fault = "it holds readings of the source that follows";
        } else if (required.size() == allowed.size()) {
            fault = required.isEmpty()
                    ? "it holds nothing"
                    : ReferenceRollup.of(required).faultOf(row.content());
        } else {
            fault = row.count() < required.size() || row.count() > allowed.size()
                    ? "it holds too few or too many"
                    : null;
        }
        if (fault != null) {
            throw new Violation(
                    Check.ENDED_SOURCE,
                    history.key() + ": " + fault + "; found " + row + " for " + required.size() + " to "
                            + allowed.size() + " readings" + this);
        }
    }

    @Override
    public String toString() {
        return ", accounted for through " + accountedFor + ", another source applies those from " + from + " on";
    }
}
