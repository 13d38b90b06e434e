package io.weir.query.verify;

import io.weir.core.rollup.Resolution;
import io.weir.core.rollup.Scope;
import io.weir.core.rollup.WindowCalendar;
import io.weir.storage.ReadTables;
import io.weir.storage.raw.RawPartition;
import io.weir.storage.raw.RawReading;
import io.weir.storage.read.TokenSlice;
import io.weir.storage.rollup.RollupTable;
import io.weir.storage.run.FeedQuery;
import java.time.ZoneId;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/**
 * Finds the months with raw partitions that have no hour row although the ledger accounts for their readings. All other
 * months need to be read only near hour rows. Thread-safe.
 */
final class UncoveredReadings {

    /** The part of a raw partition in one month, independent of the shard. */
    private record Part(MonthUnit unit, long from, long to) {}

    private final ReadTables tables;
    private final Ledgers ledgers;
    private final MonthFinder months;
    private final ZoneId zone;
    private final PredicateCache<Part> isCovered = new PredicateCache<>(this::hasHourRow);
    private final Set<MonthUnit> found = ConcurrentHashMap.newKeySet();

    UncoveredReadings(ReadTables tables, Ledgers ledgers, MonthFinder months, ZoneId zone) {
        this.tables = tables;
        this.ledgers = ledgers;
        this.months = months;
        this.zone = zone;
    }

    void find(Scope scope, TokenSlice slice) {
        tables.partitions()
                .raw(scope, slice)
                .flatMap(this::parts)
                .filter(part -> !isCovered.isTrueOf(part) && hasAccountedReadings(part))
                .forEach(part -> found.add(part.unit()));
    }

    Set<MonthUnit> found() {
        return found;
    }

    private Stream<Part> parts(RawPartition partition) {
        return months.months(partition.of(), LongStream.of(partition.from(), partition.to() - 1))
                .map(unit -> new Part(
                        unit,
                        Math.max(partition.from(), unit.month().start()),
                        Math.min(partition.to(), unit.month().end())));
    }

    private boolean hasHourRow(Part part) {
        long firstHour =
                new WindowCalendar(zone).windowOf(Resolution.HOUR, part.from()).start();
        return tables.rollups()
                .windowStarts(part.unit().of(), Resolution.HOUR, firstHour, part.to())
                .findFirst()
                .isPresent();
    }

    private boolean hasAccountedReadings(Part part) {
        FeedQuery hours = FeedQuery.of(new RollupTable(part.unit().of().scope(), Resolution.HOUR));
        try (Stream<RawReading> raw = tables.raw().read(part.unit().of(), part.from(), part.to())) {
            return raw.anyMatch(reading -> ledgers.accountsFor(reading.source(), reading.offset(), hours));
        }
    }
}
