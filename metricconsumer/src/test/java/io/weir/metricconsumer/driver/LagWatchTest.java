package io.weir.metricconsumer.driver;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.weir.core.fold.port.Ledger;
import io.weir.core.fold.port.TablesException;
import io.weir.metricconsumer.topic.FakeLog;
import io.weir.storage.ledger.SourceLedger;
import io.weir.storage.run.FeedQuery;
import io.weir.storage.source.Retirement;
import io.weir.storage.source.SourceId;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LagWatchTest {

    private static final Retirement RETIREMENT = new Retirement(
            Retirement.Action.SKIP, Instant.EPOCH, "ann", null, 9, new Retirement.FoundLog("id", 12L, 20L), 12);

    private final MeterRegistry registry = new SimpleMeterRegistry();
    private final FakeLog log = new FakeLog();
    private final List<SourceLedger> ledgers = new ArrayList<>();
    private boolean isUnavailable;
    private Instant now = Instant.EPOCH;

    private final LagWatch watch = new LagWatch(
            "readings",
            () -> {
                if (isUnavailable) {
                    throw new TablesException("Cassandra is unavailable");
                }
                return List.copyOf(ledgers);
            },
            log,
            ((InstantSource) () -> now).withZone(ZoneOffset.UTC),
            registry);

    @AfterEach
    void close() {
        watch.close();
    }

    @Test
    void theLagIsTheRecordsAboveTheLedger() {
        ledgers.add(ledger(1, "readings", 0, 9));
        ledgers.add(ledger(2, "readings", 1, -1));
        log.ends = Map.of(0, 25L, 1, 4L);
        watch.measure();
        assertThat(value("weir.source.ledger.offset", 1)).isEqualTo(9);
        assertThat(value("weir.source.lag", 1)).isEqualTo(15);
        assertThat(value("weir.source.lag", 2)).isEqualTo(4);
    }

    @Test
    void theSlowestTableDecides() {
        ledgers.add(new SourceLedger(
                new SourceId(1, "readings", "id", 0),
                null,
                new Ledger(9, 0, 0, 0, Map.of()),
                Map.of(FeedQuery.DAY_BY_GROUP, 4L)));
        log.ends = Map.of(0, 10L);
        watch.measure();
        assertThat(value("weir.source.ledger.offset", 1)).isEqualTo(4);
        assertThat(value("weir.source.lag", 1)).isEqualTo(5);
    }

    /** Everything that the log held at second 10 is applied at second 40. */
    @Test
    void theAgeIsThatOfTheLastEndThatTheLedgerHasPassed() {
        ledgers.add(ledger(1, "readings", 0, 9));
        log.ends = Map.of(0, 25L);
        now = Instant.ofEpochSecond(10);
        watch.measure();
        assertThat(value("weir.source.age.seconds", 1)).isNull();
        ledgers.set(0, ledger(1, "readings", 0, 24));
        log.ends = Map.of(0, 60L);
        now = Instant.ofEpochSecond(40);
        watch.measure();
        assertThat(value("weir.source.age.seconds", 1)).isEqualTo(30);
    }

    @Test
    void nothingIsSaidWhileCassandraIsUnavailable() {
        ledgers.add(ledger(1, "readings", 0, 9));
        log.ends = Map.of(0, 25L);
        watch.measure();
        isUnavailable = true;
        watch.measure();
        assertThat(value("weir.source.lag", 1)).isNull();
        assertThat(value("weir.source.ledger.offset", 1)).isNull();
    }

    @Test
    void sourcesOfOtherTopicsAndRetiredOnesAreNotMeasured() {
        ledgers.add(ledger(1, "other", 0, 9));
        ledgers.add(new SourceLedger(new SourceId(2, "readings", "id", 0), RETIREMENT, Ledger.EMPTY));
        log.ends = Map.of(0, 25L);
        watch.measure();
        assertThat(registry.getMeters()).isEmpty();
    }

    private @Nullable Double value(String name, int source) {
        Gauge gauge =
                registry.find(name).tag("source", Integer.toString(source)).gauge();
        return gauge == null ? null : (Double) gauge.value();
    }

    private static SourceLedger ledger(int source, String topic, int partition, long through) {
        return new SourceLedger(source, topic, "id", partition, new Ledger(through, 0, 0, 0, Map.of()));
    }
}
