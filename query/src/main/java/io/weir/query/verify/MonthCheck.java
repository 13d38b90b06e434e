package io.weir.query.verify;

import io.weir.core.rollup.Resolution;
import io.weir.core.rollup.RollupKey;
import io.weir.core.rollup.Window;
import io.weir.core.rollup.WindowCalendar;
import io.weir.query.Span;
import io.weir.storage.read.RawReading;
import io.weir.storage.read.ReadTables;
import io.weir.storage.read.ScopedMetric;
import io.weir.storage.read.SourceRollup;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Reads one month: first its rollup rows, then its raw rows, once, recomputing all hours, days and the month from them.
 * In this order it may run beside the pipeline, since a rollup row is written after the raw rows beneath it.
 */
final class MonthCheck {

    private record RowKey(Window window, int source) {}

    private final ReadTables tables;
    private final Ledgers ledgers;
    private final MonthUnit unit;
    private final @Nullable Span span;
    private final WindowCalendar calendar;
    private final Map<RowKey, RowCheck> rows = new HashMap<>();

    /**
     * @param span only windows that start in it are compared; null for all
     */
    MonthCheck(ReadTables tables, Ledgers ledgers, ZoneId zone, MonthUnit unit, @Nullable Span span) {
        this.tables = tables;
        this.ledgers = ledgers;
        this.unit = unit;
        this.span = span;
        this.calendar = new WindowCalendar(zone);
    }

    /** Recomputes all rows; every raw row that is read goes to the count, too. */
    Iterable<RowCheck> run(RawCount count) {
        for (Resolution resolution : Resolution.values()) {
            readRows(resolution);
        }
        try (Stream<RawReading> raw = tables.raw().read(unit.of(), rawFrom(), rawTo())) {
            raw.forEach(reading -> {
                count.add(reading);
                see(reading);
            });
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
        long start = row.key().window().start();
        Window window = calendar.windowOf(resolution, start);
        // A row that starts where no window does is never met by a raw row, and so found to be without any.
        Window met = window.start() == start ? window : row.key().window();
        rows.put(new RowKey(met, row.source()), check(met, row.source(), row));
    }

    private void see(RawReading raw) {
        for (Resolution resolution : Resolution.values()) {
            Window window = calendar.windowOf(resolution, raw.reading().time());
            if (isCompared(window)) {
                rows.computeIfAbsent(new RowKey(window, raw.source()), key -> check(key.window(), key.source(), null))
                        .see(raw);
            }
        }
    }

    private RowCheck check(Window window, int source, @Nullable SourceRollup stored) {
        ScopedMetric of = unit.of();
        RollupKey key = new RollupKey(of.scope(), of.id(), of.metric(), window);
        return new RowCheck(key, source, stored, ledgers.throughOffset(source));
    }

    private boolean isCompared(Window window) {
        return span == null || span.contains(window.start());
    }

    private long rawFrom() {
        return span == null ? unit.month().start() : Math.max(unit.month().start(), span.from());
    }

    /** To the end of the last window that is compared. */
    private long rawTo() {
        Window month = unit.month();
        if (span == null || isCompared(month)) {
            return month.end();
        }
        return Math.min(
                month.end(), calendar.windowOf(Resolution.DAY, span.to() - 1).end());
    }
}
