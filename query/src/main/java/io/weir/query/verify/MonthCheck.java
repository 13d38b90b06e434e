package io.weir.query.verify;

import io.weir.core.rollup.Resolution;
import io.weir.core.rollup.RollupKey;
import io.weir.core.rollup.Window;
import io.weir.core.rollup.WindowCalendar;
import io.weir.query.Span;
import io.weir.storage.ReadTables;
import io.weir.storage.raw.RawPartition;
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
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Checks one month: recomputes all hours, days and the month from its raw rows, and compares them with its rollup rows.
 * The raw rows must be read after the rollup rows. This order allows it to run while the pipeline runs, because a
 * rollup row is written after its raw rows, or is known to be ahead of them.
 *
 * <p>First needs only the {@link #partitions} near hour rows; {@link #finish} reads the remaining ranges, which are
 * usually empty, if the comparison fails. Not thread-safe.
 */
final class MonthCheck {

    private record RowKey(Window window, int source) {}

    private final ReadTables tables;
    private final Ledgers ledgers;
    private final MonthUnit unit;
    private final @Nullable Span span;
    private final Consumer<RawReading> count;
    private final Predicate<Window> isHeld;
    private final Consumer<Collection<RowCheck>> done;
    private final WindowCalendar calendar;
    private final Map<RowKey, RowCheck> rows = new HashMap<>();
    private final TimeRanges read = new TimeRanges();
    private final List<RawPartition> partitions;
    private final boolean everywhere;

    /**
     * @param span only windows that start in it are compared; null for all
     * @param stored the rollup rows of the month
     * @param everywhere whether to read raw rows outside of hour rows as well
     * @param count receives every raw row of the month that is read
     * @param isRawHeld tells whether no raw row of a window can have expired
     * @param isHeld tells whether neither a rollup row nor a raw row of a window can have expired
     * @param done receives all rows, recomputed
     */
    MonthCheck(
            ReadTables tables,
            Ledgers ledgers,
            ZoneId zone,
            MonthUnit unit,
            @Nullable Span span,
            List<SourceRollup> stored,
            boolean everywhere,
            Consumer<RawReading> count,
            Predicate<Window> isRawHeld,
            Predicate<Window> isHeld,
            Consumer<Collection<RowCheck>> done) {
        this.tables = tables;
        this.ledgers = ledgers;
        this.unit = unit;
        this.span = span;
        this.count = count;
        this.isHeld = isHeld;
        this.done = done;
        this.calendar = new WindowCalendar(zone);
        this.everywhere = everywhere || span != null;
        stored.stream()
                .filter(row -> unit.month().contains(row.key().window().start()))
                .filter(row -> isCompared(row.key().window()))
                .forEach(this::expect);
        this.partitions = this.everywhere ? List.of() : partitionsOfHours(isRawHeld);
        partitions.forEach(partition -> read.add(partition.from(), partition.to()));
    }

    ScopedMetric of() {
        return unit.of();
    }

    /** Returns the partitions whose raw rows this check must {@link #see} first. */
    List<RawPartition> partitions() {
        return partitions;
    }

    /** Takes a raw row of the series; ignores those of other months. */
    void see(RawReading raw) {
        long time = raw.reading().time();
        if (time < rawFrom() || time >= rawTo()) {
            return;
        }
        count.accept(raw);
        for (Resolution resolution : Resolution.values()) {
            Window window = calendar.windowOf(resolution, time);
            if (isCompared(window)) {
                rows.computeIfAbsent(new RowKey(window, raw.source()), key -> check(key.window(), key.source(), null))
                        .see(raw);
            }
        }
    }

    /** Reads the raw rows that are still missing, and passes the recomputed rows on. */
    void finish() {
        if (everywhere || isAnyWrong()) {
            read.outside(rawFrom(), rawTo()).forEach(this::readRaw);
        }
        done.accept(rows.values());
    }

    private void expect(SourceRollup row) {
        Resolution resolution = row.key().window().resolution();
        long start = row.key().window().start();
        Window window = calendar.windowOf(resolution, start);
        // No raw row maps to a row that does not start at a window start, so it is reported as having no readings.
        Window met = window.start() == start ? window : row.key().window();
        rows.put(new RowKey(met, row.source()), check(met, row.source(), row));
    }

    private List<RawPartition> partitionsOfHours(Predicate<Window> isRawHeld) {
        Map<Long, RawPartition> near = new TreeMap<>();
        for (RowKey row : rows.keySet()) {
            Window window = row.window();
            if (window.resolution() == Resolution.HOUR && isRawHeld.test(window)) {
                RawPartition next = tables.raw().partitionOf(unit.of(), window.start());
                near.put(next.from(), next);
                while (next.to() < window.end()) {
                    next = tables.raw().partitionOf(unit.of(), next.to());
                    near.put(next.from(), next);
                }
            }
        }
        return List.copyOf(near.values());
    }

    private void readRaw(TimeRanges.Range range) {
        try (Stream<RawReading> raw = tables.raw().read(unit.of(), range.from(), range.to())) {
            raw.forEach(this::see);
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
