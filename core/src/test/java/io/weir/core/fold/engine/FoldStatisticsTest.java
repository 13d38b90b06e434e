package io.weir.core.fold.engine;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.weir.core.fold.hostile.PlainTables;
import io.weir.core.fold.port.Ledger;
import io.weir.core.fold.port.LogRecord;
import io.weir.core.fold.rollup.CacheStatistics;
import io.weir.core.reading.JsonReadingDecoder;
import io.weir.core.reading.RejectReason;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Tests the numbers that metrics are made of. */
class FoldStatisticsTest {

    private static final long TIME = 1_772_366_400_000L;

    /** A reading belongs to an hour, a day and a month of its device and of its group. */
    private static final int ROWS = 6;

    private static final List<LogRecord> LOG = List.of(
            record(0, reading(TIME, 1)),
            record(1, reading(TIME, 1)),
            record(2, reading(TIME, 2)),
            record(3, "garbage"),
            record(4, reading(TIME + 1, 3)));

    private final PlainTables tables = new PlainTables();
    private final DecidingFold fold = fold();

    @Test
    void everyOutcomeIsCounted() {
        applyOneByOne();
        FoldStatistics statistics = fold.statistics();
        assertThat(statistics.decided())
                .isEqualTo(new Ledger(4, 5, 2, 1, Map.of(RejectReason.CONFLICT, 1L, RejectReason.MALFORMED, 1L)));
        assertThat(statistics.lookUps()).as("the duplicate and the conflict").isEqualTo(2);
        CacheStatistics cache = statistics.cache();
        assertThat(cache.misses()).isEqualTo(ROWS);
        assertThat(cache.hits()).isEqualTo(3 * ROWS);
        assertThat(cache.lookUps()).as("two months, which do not exist").isEqualTo(2);
        assertThat(cache.bytes()).isPositive();
    }

    @Test
    void recordsThatWereAppliedAreNotCountedAgain() {
        applyOneByOne();
        FoldStatistics before = fold.statistics();
        fold.open();
        fold.apply(LOG);
        assertThat(fold.statistics()).isEqualTo(before);
    }

    /** Metrics are differences: the ledger of earlier processes is where they begin. */
    @Test
    void anotherProcessContinuesFromTheLedger() {
        applyOneByOne();
        fold.flush();
        DecidingFold next = fold();
        next.open();
        assertThat(next.statistics())
                .isEqualTo(new FoldStatistics(fold.statistics().decided(), 0, new CacheStatistics(0, 0, 0, 0)));
    }

    @Test
    void aRecordOfManySeriesExceedsTheMemoryUntilItIsFlushed() {
        FoldSettings usual = FoldSettings.DEFAULT;
        DecidingFold small = new DecidingFold(
                new FoldSettings(usual.zone(), usual.rules(), usual.maxRecordBytes(), 1 << 20, null),
                new JsonReadingDecoder(),
                tables,
                (from, to) -> false);
        String series =
                IntStream.range(0, 1000).mapToObj(i -> "\"m" + i + "\":1").collect(Collectors.joining(","));
        small.open();
        small.apply(List.of(record(0, reading(TIME, 1))));
        assertThat(small.exceedsMemory()).isFalse();
        small.apply(List.of(record(1, "{\"device\":\"d\",\"time\":" + TIME + ",\"values\":{" + series + "}}")));
        assertThat(small.exceedsMemory()).isTrue();
        small.flush();
        assertThat(small.exceedsMemory()).isFalse();
        assertThat(small.statistics().cache().bytes()).isLessThan(1 << 20);
    }

    private void applyOneByOne() {
        fold.open();
        LOG.forEach(record -> fold.apply(List.of(record)));
    }

    private DecidingFold fold() {
        return new DecidingFold(FoldSettings.DEFAULT, new JsonReadingDecoder(), tables, (from, to) -> false);
    }

    private static String reading(long time, double value) {
        return "{\"device\":\"d\",\"group\":\"g\",\"metric\":\"m\",\"time\":" + time + ",\"value\":" + value + "}";
    }

    private static LogRecord record(long offset, String value) {
        return new LogRecord(offset, TIME, null, value.getBytes(UTF_8));
    }
}
