package io.weir.query.status;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.core.fold.port.Ledger;
import io.weir.query.ListedTables;
import io.weir.query.log.LogEnds;
import io.weir.storage.ledger.SourceLedger;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class PipelineWatchTest {

    private static final Duration PAUSE = Duration.ofMillis(5);
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private static final Map<Integer, Long> ENDS = Map.of(1, 10L, 2, 99L);

    private final ListedTables tables = new ListedTables(ZoneOffset.UTC);

    /** A Kafka that hangs must not make Cassandra look as if it hung. */
    @Test
    void theLedgersAreReadWhileKafkaHangs() throws Exception {
        tables.ledgers.add(ledger(1));
        CountDownLatch hangs = new CountDownLatch(1);
        CountDownLatch end = new CountDownLatch(1);
        AtomicInteger requests = new AtomicInteger();
        LogEnds logEnds = sources -> {
            if (!sources.isEmpty() && requests.incrementAndGet() > 1) {
                hangs.countDown();
                await(end);
            }
            return Map.of(1, 10L);
        };
        try (PipelineWatch watch =
                PipelineWatch.start(tables.asReadTables(Duration.ZERO), logEnds, Clock.systemUTC(), PAUSE)) {
            hangs.await();
            Instant first = watch.latest().seen();
            Instant second = watch.awaitAfter(first, PATIENCE).orElseThrow().seen();
            assertThat(watch.awaitAfter(second, PATIENCE)).isPresent();
            assertThat(requests.get()).isEqualTo(2);
        } finally {
            end.countDown();
        }
    }

    /** A source whose log was not asked about would look like one whose log is gone, and hold nothing up. */
    @Test
    void aNewSourceIsNeverTakenForOneWithoutALog() throws Exception {
        tables.ledgers.add(ledger(1));
        LogEnds logEnds = sources ->
                sources.stream().collect(Collectors.toMap(SourceLedger::source, source -> ENDS.get(source.source())));
        try (PipelineWatch watch =
                PipelineWatch.start(tables.asReadTables(Duration.ZERO), logEnds, Clock.systemUTC(), PAUSE)) {
            assertThat(watch.latest().settledThrough()).isPositive();
            tables.ledgers.add(ledger(2));
            PipelineState state = watch.latest();
            while (state.sources().size() < 2) {
                state = watch.awaitAfter(state.seen(), PATIENCE).orElseThrow();
            }
            assertThat(state.settledThrough()).isEqualTo(Long.MIN_VALUE);
        }
    }

    private static SourceLedger ledger(int source) {
        return new SourceLedger(source, "readings", "id", source, new Ledger(9, 10, 10, 0, Map.of()));
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
