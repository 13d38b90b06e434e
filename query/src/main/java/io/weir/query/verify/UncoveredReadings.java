package io.weir.query.verify;

import io.weir.core.rollup.Resolution;
import io.weir.core.rollup.Scope;
import io.weir.core.rollup.Window;
import io.weir.core.rollup.WindowCalendar;
import io.weir.storage.ReadTables;
import io.weir.storage.raw.RawPartition;
import io.weir.storage.raw.RawPosition;
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

        private final FeedQuery hours;
        private final WindowCalendar calendar = new WindowCalendar(zone);
        private final Map<Part, Set<ScopedMetric>> parts = new HashMap<>();
        private int waiting;
        private @Nullable ScopedMetric lastOf;
        private @Nullable Part last;

        Search(Scope scope) {
            hours = FeedQuery.of(new RollupTable(scope, Resolution.HOUR));
        }

        void add(RawPosition position) {
            if (!ledgers.accountsFor(position.source(), position.offset(), hours)) {
                return;
            }
            if (last == null
                    || !last.contains(position.time())
                    || !position.of().equals(lastOf)) {
                last = partOf(position);
                lastOf = position.of();
                if (months.isWanted(last.month())
                        && parts.computeIfAbsent(last, part -> new HashSet<>()).add(lastOf)
                        && ++waiting == PARTS) {
                    lookUp();
                }
            }
        }

        private Part partOf(RawPosition position) {
            RawPartition partition = tables.raw().partitionOf(position.of(), position.time());
            Window month = calendar.windowOf(Resolution.MONTH, position.time());
            return new Part(Math.max(partition.from(), month.start()), Math.min(partition.to(), month.end()), month);
        }

        void lookUp() {
            parts.forEach((part, series) -> {
                long firstHour = calendar.windowOf(Resolution.HOUR, part.from()).start();
                Set<ScopedMetric> covered = tables.partitions().present(series, Resolution.HOUR, firstHour, part.to());
                series.stream()
                        .filter(of -> !covered.contains(of))
                        .forEach(of -> found.add(new MonthUnit(of, part.month())));
            });
            parts.clear();
            waiting = 0;
        }
    }
}
