package io.weir.query.verify;

import io.weir.core.rollup.Resolution;
import io.weir.core.rollup.Scope;
import io.weir.core.rollup.Window;
import io.weir.core.rollup.WindowCalendar;
import io.weir.query.Span;
import io.weir.storage.ReadTables;
import io.weir.storage.read.ScopedMetric;
import io.weir.storage.read.TokenSlice;
import java.time.ZoneId;
import java.util.function.Consumer;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Finds every month of every series and group that has rollup rows, each once. A month whose month row is missing is
 * found by its day rows, else by its hour rows. Thread-safe.
 */
final class MonthFinder {

    private final ReadTables tables;
    private final ZoneId zone;
    private final @Nullable Span span;
    private final PredicateCache<MonthUnit> hasMonth = new PredicateCache<>(unit -> has(Resolution.MONTH, unit));

    /** @param span only months that overlap it are found; null for all */
    MonthFinder(ReadTables tables, ZoneId zone, @Nullable Span span) {
        this.tables = tables;
        this.zone = zone;
        this.span = span;
    }

    /** Finds the months of partitions in one token range, as a lazy stream. */
    void find(Scope scope, TokenSlice slice, Consumer<MonthUnit> found) {
        found(scope, Resolution.MONTH, slice).forEach(found);
        found(scope, Resolution.DAY, slice)
                .filter(unit -> !hasMonth.isTrueOf(unit))
                .forEach(found);
        found(scope, Resolution.HOUR, slice)
                .filter(unit -> !hasMonth.isTrueOf(unit) && !has(Resolution.DAY, unit))
                .forEach(found);
    }

    /** Returns whether {@link #find} finds this month. */
    boolean finds(MonthUnit unit) {
        return hasMonth.isTrueOf(unit) || has(Resolution.DAY, unit) || has(Resolution.HOUR, unit);
    }

    private Stream<MonthUnit> found(Scope scope, Resolution resolution, TokenSlice slice) {
        return tables.partitions()
                .months(scope, resolution, slice)
                .flatMap(month -> months(month.of(), LongStream.of(month.start())));
    }

    /** Returns the months of these event times that overlap the span. */
    Stream<MonthUnit> months(ScopedMetric of, LongStream times) {
        WindowCalendar calendar = new WindowCalendar(zone);
        return times.mapToObj(time -> calendar.windowOf(Resolution.MONTH, time))
                .distinct()
                .filter(this::touchesSpan)
                .map(month -> new MonthUnit(of, month));
    }

    private boolean has(Resolution resolution, MonthUnit unit) {
        return tables.rollups()
                .windowStarts(
                        unit.of(),
                        resolution,
                        unit.month().start(),
                        unit.month().end())
                .findFirst()
                .isPresent();
    }

    private boolean touchesSpan(Window month) {
        return span == null || (month.start() < span.to() && month.end() > span.from());
    }
}
