package io.weir.query.verify;

import io.weir.core.rollup.Resolution;
import io.weir.core.rollup.RollupKey;
import io.weir.core.rollup.Window;
import io.weir.core.rollup.WindowCalendar;
import io.weir.query.Span;
import io.weir.storage.ReadTables;
import io.weir.storage.raw.RawReading;
import io.weir.storage.read.ScopedMetric;
import io.weir.storage.rollup.RollupTable;
import io.weir.storage.rollup.SourceRollup;
import io.weir.storage.run.FeedQuery;
import java.time.ZoneId;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Checks one month: reads its rollup rows, then its raw rows once, and recomputes all hours, days and the month from
 * them. This order allows it to run while the pipeline runs, because a rollup row is written after its raw rows, or is
 * known to be ahead of them.
 *
 * <p>First reads only the raw rows near hour rows; reads the remaining ranges, which are usually empty, only if the
 * comparison fails.
 */
final class MonthCheck {

    private record RowKey(Window window, int source) {}

    /** Hours last, so that they are rarely older than a day or month that was written with them. */
    private static final List<Resolution> READ_ORDER = List.of(Resolution.MONTH, Resolution.DAY, Resolution.HOUR);

    private final ReadTables tables;
    private final Ledgers ledgers;
    private final MonthUnit unit;
    private final @Nullable Span span;
    private final Consumer<RawReading> count;
    private final Consumer<SourceRollup> hours;
    private final Predicate<Window> isRawHeld;
    private final Predicate<Window> isHeld;
    private final WindowCalendar calendar;
    private final Map<RowKey, RowCheck> rows = new HashMap<>();

    /**
     * @param span only windows that start in it are compared; null for all
     * @param count receives every raw row that is read
     * @param hours receives every hour row that is compared
     * @param isRawHeld tells whether no raw row of a window can have expired
     * @param isHeld tells whether neither a rollup row nor a raw row of a window can have expired
     */
    MonthCheck(
            ReadTables tables,
            Ledgers ledgers,
            ZoneId zone,
            MonthUnit unit,
            @Nullable Span span,
            Consumer<RawReading> count,
            Consumer<SourceRollup> hours,
            Predicate<Window> isRawHeld,
            Predicate<Window> isHeld) {
        this.tables = tables;
        this.ledgers = ledgers;
        this.unit = unit;
        this.span = span;
        this.count = count;
        this.hours = hours;
        this.isRawHeld = isRawHeld;
        this.isHeld = isHeld;
        this.calendar = new WindowCalendar(zone);
    }

    /**
     * Recomputes all rows.
     *
     * @param everywhere whether to read raw rows outside of hour rows as well
     */
    Collection<RowCheck> run(boolean everywhere) {
        READ_ORDER.forEach(this::readRows);
        TimeRanges read = everywhere || span != null ? new TimeRanges() : aroundHours();
        read.inside(rawFrom(), rawTo()).forEach(this::readRaw);
        if (everywhere || span != null || isAnyWrong()) {
            read.outside(rawFrom(), rawTo()).forEach(this::readRaw);
        }
        return rows.values();
    }

    private void readRows(Resolution resolution) {
        Window month = unit.month();
        try (Stream<SourceRollup> stored = tables.rollups().read(unit.of(), resolution, month.start(), month.end())) {
            stored.filter(row -> isCompared(row.key().window())).forEach(row -> expect(resolution, row));
        }
    }

    private void expect(Resolution resolution, SourceRollup row) {
        if (resolution == Resolution.HOUR) {
            hours.accept(row);
        }
        long start = row.key().window().start();
        Window window = calendar.windowOf(resolution, start);
        // No raw row maps to a row that does not start at a window start, so it is reported as having no readings.
        Window met = window.start() == start ? window : row.key().window();
        rows.put(new RowKey(met, row.source()), check(met, row.source(), row));
    }

    private TimeRanges aroundHours() {
        TimeRanges around = new TimeRanges();
        for (RowKey row : rows.keySet()) {
            Window window = row.window();
            if (window.resolution() == Resolution.HOUR && isRawHeld.test(window)) {
                long from = tables.raw().partitionOf(unit.of(), window.start()).from();
                long to = tables.raw().partitionOf(unit.of(), window.end() - 1).to();
                around.add(from, to);
            }
        }
        return around;
    }

    private void readRaw(TimeRanges.Range range) {
        try (Stream<RawReading> raw = tables.raw().read(unit.of(), range.from(), range.to())) {
            raw.forEach(this::see);
        }
    }

    private void see(RawReading raw) {
        count.accept(raw);
        for (Resolution resolution : Resolution.values()) {
            Window window = calendar.windowOf(resolution, raw.reading().time());
            if (isCompared(window)) {
                rows.computeIfAbsent(new RowKey(window, raw.source()), key -> check(key.window(), key.source(), null))
                        .see(raw);
            }
        }
    }

    private boolean isAnyWrong() {
        DifferenceLog wrong = new DifferenceLog(0);
        rows.forEach((key, row) -> {
            if (isHeld.test(key.window())) {
                row.report(wrong);
            }
        });
        return wrong.total() > 0;
    }

    private RowCheck check(Window window, int source, @Nullable SourceRollup stored) {
        ScopedMetric of = unit.of();
        RollupKey key = new RollupKey(of.scope(), of.id(), of.metric(), window);
        long ledgerThrough = ledgers.throughOffset(source, FeedQuery.of(RollupTable.of(key)));
        boolean ahead = stored != null && !ledgers.hasRaw(source, of.scope(), stored.throughOffset());
        return new RowCheck(key, source, stored, ledgerThrough, ahead);
    }

    private boolean isCompared(Window window) {
        return span == null || span.contains(window.start());
    }

    private long rawFrom() {
        return span == null ? unit.month().start() : Math.max(unit.month().start(), span.from());
    }

    /** Returns the end of the last window that is compared. */
    private long rawTo() {
        Window month = unit.month();
        if (span == null || isCompared(month)) {
            return month.end();
        }
        return Math.min(
                month.end(), calendar.windowOf(Resolution.DAY, span.to() - 1).end());
    }
}
