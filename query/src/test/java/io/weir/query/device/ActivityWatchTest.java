package io.weir.query.device;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.core.fold.port.Ledger;
import io.weir.core.reading.Reading;
import io.weir.query.ListedTables;
import io.weir.query.device.KnownDevices.Known;
import io.weir.query.status.PipelineState;
import io.weir.query.status.PipelineWatch;
import io.weir.storage.catalog.CatalogReader;
import io.weir.storage.ledger.SourceLedger;
import io.weir.storage.raw.RawReading;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class ActivityWatchTest {

    private static final Instant NOW = Instant.parse("2026-04-02T12:00:00Z");
    private static final Duration PAUSE = Duration.ofMillis(5);

    private final ListedTables tables = ListedTables.of(
            ZoneOffset.UTC,
            List.of(
                    reading("new", "2026-04-02T11:59:00Z", 0),
                    reading("new", "2026-04-02T11:59:30Z", 1),
                    reading("old", "2022-04-02T11:59:00Z", 2)));
    private final PipelineWatch pipeline =
            PipelineWatch.start(tables.asReadTables(Duration.ZERO), sources -> Map.of(0, 3L), Clock.systemUTC(), PAUSE);

    @AfterEach
    void close() {
        pipeline.close();
    }

    @Test
    void devicesAreReadAgainOnlyAfterTheLedgersHaveChanged() throws Exception {
        ActivityWatch watch = watch(new Members(List.of("new", "old")), Long.MAX_VALUE);
        watch.read();
        assertThat(known(watch)).extracting(Known::device).containsExactly("new", "old");
        assertThat(known(watch)).extracting(Known::usualInterval).containsExactly(30_000L, null);
        long first = tables.activityReads.get();

        watch.read();
        assertThat(tables.activityReads.get()).isEqualTo(first);

        change();
        watch.read();
        assertThat(tables.activityReads.get() - first)
                .as("two months of each, and the days of the one that is active; no search for the silent one")
                .isEqualTo(3);
        assertThat(known(watch).get(1).lastSeen())
                .isEqualTo(Instant.parse("2022-04-02T11:59:00Z").toEpochMilli());
    }

    @Test
    void nothingIsReadUntilSomebodyAsks() throws Exception {
        try (ActivityWatch watch = ActivityWatch.start(
                tables, new Members(List.of("new")), pipeline, ZoneOffset.UTC, Clock.systemUTC(), PAUSE)) {
            pipeline.awaitAfter(pipeline.latest().seen(), Duration.ofSeconds(20));
            assertThat(watch.latest()).isNull();
            assertThat(watch.latest(Duration.ofSeconds(20)).devices())
                    .extracting(Known::device)
                    .containsExactly("new");
        }
    }

    @Test
    void asManyDevicesAreKeptAsFit() throws Exception {
        List<String> many = IntStream.range(0, 1000)
                .mapToObj(i -> String.format("d%04d", i))
                .toList();
        ActivityWatch watch = watch(new Members(many), 100 * (200 + 10) + 20);
        watch.read();
        KnownDevices all = watch.latest();
        assertThat(all.isComplete()).isFalse();
        assertThat(all.devices()).hasSize(100);
    }

    private static List<Known> known(ActivityWatch watch) {
        return watch.latest().devices();
    }

    /** Adds a record to the ledger, and waits until it is seen. */
    private void change() throws InterruptedException {
        SourceLedger before = tables.ledgers.get(0);
        tables.ledgers.set(0, new SourceLedger(0, "readings", before.topicId(), 0, new Ledger(9, 4, 3, 1, Map.of())));
        PipelineState state = pipeline.latest();
        while (state.sources().contains(before)) {
            state = pipeline.awaitAfter(state.seen(), Duration.ofSeconds(20)).orElseThrow();
        }
    }

    private ActivityWatch watch(CatalogReader catalog, long maxBytes) {
        return new ActivityWatch(
                tables, catalog, pipeline, ZoneOffset.UTC, Clock.fixed(NOW, ZoneOffset.UTC), PAUSE, maxBytes);
    }

    private static RawReading reading(String device, String time, long offset) {
        return new RawReading(
                new Reading(device, "plant", "heat", Instant.parse(time).toEpochMilli(), 1), 0, offset);
    }

    /** The devices of one group. */
    private record Members(List<String> devices) implements CatalogReader {

        @Override
        public Stream<String> groups(String after) {
            return Stream.of("plant");
        }

        @Override
        public Stream<String> devicesOf(String group, String after) {
            return devices.stream();
        }

        @Override
        public Stream<String> groupsOf(String device) {
            return Stream.of("plant");
        }

        @Override
        public Stream<String> metricsOfGroup(String group) {
            return Stream.of("heat");
        }

        @Override
        public Stream<String> metricsOfDevice(String device) {
            return Stream.of("heat");
        }
    }
}
