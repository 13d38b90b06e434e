package io.weir.query.verify;

import io.weir.core.rollup.Resolution;
import io.weir.core.rollup.Scope;
import io.weir.core.rollup.Window;
import io.weir.core.rollup.WindowCalendar;
import io.weir.storage.ReadTables;
import io.weir.storage.raw.RawPartition;
import io.weir.storage.raw.RawReading;
import io.weir.storage.read.ScopedMetric;
import io.weir.storage.read.TokenSlice;
import io.weir.storage.rollup.RollupTable;
import io.weir.storage.run.FeedQuery;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Finds the months with raw partitions that have no hour row although the ledger accounts for their readings. All other
 * months need to be read only near hour rows. Thread-safe.
 */
final class UncoveredReadings {

    /** The number of parts of raw partitions whose hour rows are looked up together. */
    private static final int PARTS = 4096;

    private final ReadTables tables;
    private final Ledgers ledgers;
    private final MonthFinder months;
    private final ZoneId zone;
    private final Set<MonthUnit> found = ConcurrentHashMap.newKeySet();

    UncoveredReadings(ReadTables tables, Ledgers ledgers, MonthFinder months, ZoneId zone) {
        this.tables = tables;
        this.ledgers = ledgers;
        this.months = months;
        this.zone = zone;
    }

    void find(Scope scope, TokenSlice slice) {
        Search search = new Search(scope);
        tables.partitions().raw(scope, slice).forEach(search::add);
        search.lookUp();
    }

    Set<MonthUnit> found() {
        return found;
    }

    /** The event times of a raw partition that are in one month. */
    private record Part(long from, long to, Window month) {

        boolean contains(long time) {
            return from <= time && time < to;
        }
    }

    /** The search in one token range. Not thread-safe. */
    private final class Search {

        private final Scope scope;
        private final FeedQuery hours;
        private final WindowCalendar calendar = new WindowCalendar(zone);
        private final Map<Part, Set<ScopedMetric>> parts = new HashMap<>();
        private int waiting;
        private @Nullable ScopedMetric lastOf;
        private @Nullable Part last;

        Search(Scope scope) {
            this.scope = scope;
            hours = FeedQuery.of(new RollupTable(scope, Resolution.HOUR));
        }

        void add(RawReading raw) {
            if (!ledgers.accountsFor(raw.source(), raw.offset(), hours)) {
                return;
            }
            ScopedMetric of = ScopedMetric.of(scope, raw.reading());
            if (last == null || !last.contains(raw.reading().time()) || !of.equals(lastOf)) {
                last = partOf(of, raw.reading().time());
                lastOf = of;
                if (months.isWanted(last.month())
                        && parts.computeIfAbsent(last, part -> new HashSet<>()).add(of)
                        && ++waiting == PARTS) {
                    lookUp();
                }
            }
        }

        private Part partOf(ScopedMetric of, long time) {
            RawPartition partition = tables.raw().partitionOf(of, time);
            Window month = calendar.windowOf(Resolution.MONTH, time);
            return new Part(Math.max(partition.from(), month.start()), Math.min(partition.to(), month.end()), month);
        }

        void lookUp() {
            parts.forEach((part, series) -> {
                long firstHour = calendar.windowOf(Resolution.HOUR, part.from()).start();
                Set<ScopedMetric> covered =
                        tables.partitions().present(scope, series, Resolution.HOUR, firstHour, part.to());
                series.stream()
                        .filter(of -> !covered.contains(of))
                        .forEach(of -> found.add(new MonthUnit(of, part.month())));
            });
            parts.clear();
            waiting = 0;
        }
    }
}
