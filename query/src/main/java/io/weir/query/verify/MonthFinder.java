package io.weir.query.verify;

import io.weir.core.rollup.Resolution;
import io.weir.core.rollup.Scope;
import io.weir.core.rollup.Window;
import io.weir.core.rollup.WindowCalendar;
import io.weir.query.Span;
import io.weir.storage.PartitionScan;
import io.weir.storage.read.TokenSlice;
import io.weir.storage.rollup.SourceRollup;
import java.time.ZoneId;
import java.util.List;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Finds every month of every series and group that has rollup rows, each once. Thread-safe. */
final class MonthFinder {

    private final PartitionScan tables;
    private final ZoneId zone;
    private final @Nullable Span span;

    /** @param span only months that overlap it are found; null for all */
    MonthFinder(PartitionScan tables, ZoneId zone, @Nullable Span span) {
        this.tables = tables;
        this.zone = zone;
        this.span = span;
    }

    /** Finds the months of partitions in one token range, with their rows. */
    void find(Scope scope, TokenSlice slice, BiConsumer<MonthUnit, List<SourceRollup>> found) {
        WindowCalendar calendar = new WindowCalendar(zone);
        tables.months(scope, slice).forEach(month -> {
            Window window = calendar.windowOf(Resolution.MONTH, month.start());
            if (isWanted(window)) {
                found.accept(new MonthUnit(month.of(), window), month.rows());
            }
        });
    }

    /** Returns whether {@link #find} finds this month. */
    boolean finds(MonthUnit unit) {
        return Stream.of(Resolution.values()).anyMatch(resolution -> !tables.present(
                        unit.of().scope(),
                        Set.of(unit.of()),
                        resolution,
                        unit.month().start(),
                        unit.month().end())
                .isEmpty());
    }

    /** Returns whether a month overlaps the span. */
    boolean isWanted(Window month) {
        return span == null || (month.start() < span.to() && month.end() > span.from());
    }
}
