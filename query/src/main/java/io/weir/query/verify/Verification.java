package io.weir.query.verify;

import io.weir.core.rollup.Resolution;
import io.weir.core.rollup.Scope;
import io.weir.core.rollup.Window;
import io.weir.query.Span;
import io.weir.query.status.SharedDevices;
import io.weir.storage.ReadTables;
import io.weir.storage.raw.RawReading;
import io.weir.storage.read.TokenSlice;
import io.weir.storage.rollup.SourceRollup;
import io.weir.storage.run.FeedQuery;
import java.time.Clock;
import java.time.ZoneId;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The state of one verification run over all tables. Thread-safe. */
final class Verification {

    private final ReadTables tables;
    private final ZoneId zone;
    private final Clock clock;
    private final @Nullable Span span;
    private final Ledgers ledgers;
    private final MonthFinder months;
    private final UncoveredReadings uncovered;
    private final RawCount byDevice;
    private final RawCount byGroup;
    private final RawCount byDeviceAsByGroup;
    private final RejectedCount rejected;
    private final RepairCount repairs = new RepairCount();
    private final SharedReadings sharedReadings;
    private final DifferenceLog differences = new DifferenceLog(Verify.MAX_LISTED);
    private final LongAdder compared = new LongAdder();
    private final LongAdder expired = new LongAdder();
    private final LongAdder ahead = new LongAdder();

    /** Reads the ledgers, before all other rows. */
    Verification(ReadTables tables, ZoneId zone, Clock clock, @Nullable Span span) {
        this.tables = tables;
        this.zone = zone;
        this.clock = clock;
        this.span = span;
        this.ledgers = new Ledgers(tables.ledgers());
        this.months = new MonthFinder(tables.partitions(), zone, span);
        this.uncovered = new UncoveredReadings(tables, ledgers, months, zone);
        this.byDevice = new RawCount(ledgers, FeedQuery.RAW_BY_DEVICE);
        this.byGroup = new RawCount(ledgers, FeedQuery.RAW_BY_GROUP);
        this.byDeviceAsByGroup = new RawCount(ledgers, FeedQuery.RAW_BY_GROUP);
        this.sharedReadings = new SharedReadings(ledgers);
        this.rejected = new RejectedCount(ledgers, tables.rejectedMayHaveExpired());
    }

    /** Runs the first pass over a token range: finds raw rows without an hour row. */
    void findUncovered(Scope scope, TokenSlice slice) {
        uncovered.find(scope, slice);
    }

    /** Runs the second pass, after the first pass over all token ranges: recomputes existing rollups. */
    void checkMonths(Scope scope, TokenSlice slice) {
        MonthBatch batch = new MonthBatch(scope, tables.partitions());
        months.find(scope, slice, (unit, stored) -> {
            stored.stream()
                    .filter(row -> row.key().window().resolution() == Resolution.HOUR)
                    .forEach(repairs::add);
            batch.add(check(unit, stored), stored.size());
        });
        batch.run();
    }

    /** Runs the last pass: recomputes missing rollups. */
    void checkMonthsWithoutRollups() {
        uncovered.found().stream().filter(unit -> !months.finds(unit)).forEach(unit -> check(unit, List.of())
                .finish());
    }

    void countRejected(TokenSlice slice) {
        if (span == null) {
            tables.rejected().positions(slice).forEach(rejected::add);
        }
    }

    VerifyResult result() {
        LedgerChecks checks = new LedgerChecks(
                ledgers,
                byDevice,
                byGroup,
                byDeviceAsByGroup,
                rejected,
                repairs,
                tables.repairCountsMayHaveExpired(),
                differences);
        boolean countedAll = span == null;
        boolean heldAll = !tables.retention().isLimited();
        if (countedAll) {
            checks.compareSources(tables.ledgers().readAll());
        }
        List<LedgerCheck> ledger = checks.compare(countedAll && heldAll, countedAll);
        return new VerifyResult(
                compared.sum(),
                expired.sum(),
                ahead.sum(),
                differences.total(),
                differences.first(),
                ledger,
                sharedReadings.result(),
                SharedDevices.find(tables.devices(), ledgers.all()),
                null);
    }

    private MonthCheck check(MonthUnit unit, List<SourceRollup> stored) {
        SharedReadings.Part series = sharedReadings.part(unit.of());
        Consumer<RawReading> count =
                unit.of().scope() == Scope.DEVICE ? reading -> countByDevice(reading, series) : byGroup::add;
        return new MonthCheck(
                tables,
                ledgers,
                zone,
                unit,
                span,
                stored,
                uncovered.found().contains(unit),
                count,
                this::isRawHeld,
                this::isHeld,
                rows -> {
                    series.end();
                    report(rows);
                });
    }

    private void report(Collection<RowCheck> rows) {
        for (RowCheck row : rows) {
            // Checked after all rows were read, so that none has expired meanwhile.
            boolean held = isHeld(row.key().window());
            if (held) {
                row.report(differences);
            }
            if (!held) {
                expired.increment();
            } else if (row.hasRow()) {
                (row.isAhead() ? ahead : compared).increment();
            }
        }
    }

    private boolean isRawHeld(Window window) {
        return !tables.retention().mayHaveExpired(window.start(), clock.instant());
    }

    private boolean isHeld(Window window) {
        return isRawHeld(window) && !tables.rollupRetention().mayHaveExpired(window.start(), clock.instant());
    }

    private void countByDevice(RawReading reading, SharedReadings.Part series) {
        series.add(reading);
        byDevice.add(reading);
        byDeviceAsByGroup.add(reading);
    }
}
