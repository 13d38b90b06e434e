package io.weir.query.verify;

import io.weir.core.fold.port.Ledger;
import io.weir.core.reading.RejectReason;
import io.weir.core.rollup.Scope;
import io.weir.storage.ledger.SourceLedger;
import io.weir.storage.run.FeedQuery;
import io.weir.storage.source.Retirement;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Compares each ledger with the counts of the tables. */
final class LedgerChecks {

    private final Ledgers ledgers;
    private final RawCount byDevice;
    private final RawCount byGroup;
    private final RawCount byDeviceAsByGroup;
    private final RejectedCount rejected;
    private final RepairCount repairs;
    private final boolean repairCountsMayHaveExpired;
    private final DifferenceLog differences;

    /**
     * @param byDeviceAsByGroup counts of raw_by_device, up to the through offset of raw_by_group
     * @param repairCountsMayHaveExpired whether raw row counts may differ from the ledger by more than the known
     *     repairs
     */
    LedgerChecks(
            Ledgers ledgers,
            RawCount byDevice,
            RawCount byGroup,
            RawCount byDeviceAsByGroup,
            RejectedCount rejected,
            RepairCount repairs,
            boolean repairCountsMayHaveExpired,
            DifferenceLog differences) {
        this.ledgers = ledgers;
        this.byDevice = byDevice;
        this.byGroup = byGroup;
        this.byDeviceAsByGroup = byDeviceAsByGroup;
        this.rejected = rejected;
        this.repairs = repairs;
        this.repairCountsMayHaveExpired = repairCountsMayHaveExpired;
        this.differences = differences;
    }

    /** Checks that every source with rows is registered; reads the registry after all rows were read. */
    void compareSources(List<SourceLedger> registered) {
        Set<Integer> unknown = new TreeSet<>(byDevice.sources());
        unknown.addAll(byGroup.sources());
        unknown.addAll(rejected.sources());
        unknown.removeAll(registered.stream().map(SourceLedger::source).collect(Collectors.toSet()));
        unknown.forEach(source -> differs("sources", source, "source", null, source));
    }

    /**
     * Returns the result for each source.
     *
     * @param withRaw whether all raw rows were counted and none can expire
     * @param withRejected whether all stored rejected readings were counted
     */
    List<LedgerCheck> compare(boolean withRaw, boolean withRejected) {
        List<LedgerCheck> checks = new ArrayList<>();
        for (SourceLedger source : ledgers.all()) {
            Ledger ledger = source.ledger();
            int number = source.source();
            compareBalance(number, ledger);
            compareOffsets(source);
            if (withRaw) {
                compareRaw(number, ledger);
            }
            if (withRejected) {
                compareRejected(number, ledger);
            }
            checks.add(new LedgerCheck(
                    source.topic(),
                    source.partition(),
                    number,
                    ledger.throughOffset(),
                    ledger.received(),
                    ledger.stored(),
                    ledger.duplicate(),
                    ledger.rejectedTotal(),
                    ledger.balances(),
                    source.retirement() == null
                            ? "live"
                            : source.retirement().action().code(),
                    withRaw ? repairs.readings(Scope.DEVICE, number) : null,
                    withRaw ? byDevice.rows(number) : null,
                    withRaw ? byGroup.rows(number) : null,
                    withRaw ? byDevice.beyond(number) : null,
                    withRejected ? rejected.byCode(number) : null));
        }
        return checks;
    }

    private void compareBalance(int source, Ledger ledger) {
        if (!ledger.balances()) {
            long accounted = ledger.stored() + ledger.duplicate() + ledger.rejectedTotal();
            differs("ledger", source, "received", ledger.received(), accounted);
        }
    }

    /**
     * Checks the range of a ledger: it must not begin before its source, must end before the source that follows a
     * skip, and must not be older than the retirement that names it.
     */
    private void compareOffsets(SourceLedger source) {
        int number = source.source();
        long through = source.ledger().throughOffset();
        if (through < source.id().beginsAt() - 1) {
            differs("ledger", number, "through_offset", through, source.id().beginsAt() - 1);
        }
        Retirement retirement = source.retirement();
        if (retirement != null && through < retirement.throughOffset()) {
            differs("ledger", number, "through_offset", through, retirement.throughOffset());
        }
        if (through >= Ledgers.end(source)) {
            differs("ledger", number, "through_offset", through, Ledgers.end(source) - 1);
        }
        source.followers().forEach((follower, applied) -> {
            if (applied > through) {
                differs("ledger", number, "through_offset of " + follower.table(), applied, through);
            }
        });
        differsIfAny("raw_by_device", number, byDevice.foreign(number));
        differsIfAny("raw_by_group", number, byGroup.foreign(number));
    }

    private void differsIfAny(String table, int source, long rowsOfAnother) {
        if (rowsOfAnother > 0) {
            differs(table, source, "rows with offsets of another source", rowsOfAnother, 0);
        }
    }

    private void compareRaw(int source, Ledger ledger) {
        long rowsByDevice = byDevice.rows(source);
        long rowsByGroup = byGroup.rows(source);
        long expected = ledger.stored() + repairs.readings(Scope.DEVICE, source);
        if (rowsByDevice != expected && !repairCountsMayHaveExpired) {
            differs("raw_by_device", source, "rows", rowsByDevice, expected);
        }
        boolean inStep = ledgers.throughOffset(source, FeedQuery.RAW_BY_GROUP) == ledger.throughOffset();
        long expectedByGroup = inStep && !repairCountsMayHaveExpired
                ? ledger.stored() + repairs.readings(Scope.GROUP, source)
                : byDeviceAsByGroup.rows(source);
        if (rowsByGroup != expectedByGroup) {
            differs("raw_by_group", source, "rows", rowsByGroup, expectedByGroup);
        }
        if (byDeviceAsByGroup.rows(source) == rowsByGroup
                && byDeviceAsByGroup.hashes(source) != byGroup.hashes(source)) {
            String hashByGroup = Long.toHexString(byGroup.hashes(source));
            String hashByDevice = Long.toHexString(byDeviceAsByGroup.hashes(source));
            differs("raw_by_group", source, "readings", hashByGroup, hashByDevice);
        }
    }

    private void compareRejected(int source, Ledger ledger) {
        for (RejectReason reason : RejectReason.values()) {
            long counted = ledger.rejected().getOrDefault(reason, 0L);
            if (rejected.contradicts(source, reason, counted)) {
                differs("rejected_readings", source, reason.code(), rejected.rows(source, reason), counted);
            }
        }
    }

    private void differs(String table, int source, String field, @Nullable Object stored, Object recomputed) {
        differences.add(new Difference(table, null, null, null, source, field, stored, recomputed));
    }
}
