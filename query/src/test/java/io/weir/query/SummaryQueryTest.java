package io.weir.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.weir.core.reading.Reading;
import io.weir.query.json.Json;
import io.weir.storage.raw.RawReading;
import io.weir.storage.read.ScopedMetric;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SummaryQueryTest {

    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");
    private static final long FIRST = Instant.parse("2026-02-25T10:00:00Z").toEpochMilli();
    private static final long LENGTH = Duration.ofDays(70).toMillis();
    private static final ScopedMetric HEAT = ScopedMetric.ofGroup("plant", "heat");
    private static final Clock NOW = Clock.fixed(Instant.parse("2026-06-01T00:00:00Z"), ZoneOffset.UTC);

    @Test
    void equalsTheReadingsInASpanAcrossTheClockChange() {
        long seed = 42;
        Random random = new Random(seed);
        List<RawReading> readings = readings(random, 4000);
        SummaryQuery query =
                new SummaryQuery(ListedTables.of(BERLIN, readings).asReadTables(Duration.ZERO), BERLIN, NOW);
        for (int i = 0; i < 200; i++) {
            long a = FIRST + (long) (random.nextDouble() * LENGTH);
            long b = FIRST + (long) (random.nextDouble() * LENGTH);
            Span span = new Span(Math.min(a, b), Math.max(a, b));
            List<Reading> inside = readings.stream()
                    .map(RawReading::reading)
                    .filter(reading -> span.contains(reading.time()))
                    .toList();

            Statistics found = query.run(HEAT, span).statistics();

            assertThat(found.count()).as("%s, seed %d", span, seed).isEqualTo(inside.size());
            if (!inside.isEmpty()) {
                double sum = inside.stream().mapToDouble(Reading::value).sum();
                assertThat(found.sum()).isCloseTo(sum, within(1e-9));
                assertThat(found.min())
                        .isEqualTo(inside.stream()
                                .mapToDouble(Reading::value)
                                .min()
                                .getAsDouble());
                assertThat(found.first().time().toEpochMilli())
                        .isEqualTo(
                                inside.stream().mapToLong(Reading::time).min().getAsLong());
            }
        }
    }

    @Test
    void readsFewRows() {
        SummaryQuery query = new SummaryQuery(
                ListedTables.of(BERLIN, readings(new Random(1), 4000)).asReadTables(Duration.ZERO), BERLIN, NOW);

        SpanStatistics found = query.run(
                HEAT, Span.of(Instant.parse("2026-02-27T07:31:12.345Z"), Instant.parse("2026-04-29T18:01:59.999Z")));

        assertThat(found.statistics().count()).isGreaterThan(3000);
        // Two sources, with at most 23 hours and 30 days at either side of the whole months.
        assertThat(found.rollupRows()).isLessThan(2 * (23 + 1 + 1 + 28 + 23));
        assertThat(found.rawRows()).isLessThan(30);
    }

    @Test
    void isEmptyWithoutReadings() {
        SummaryQuery query = new SummaryQuery(new ListedTables(BERLIN).asReadTables(Duration.ZERO), BERLIN, NOW);

        SpanStatistics found = query.run(HEAT, new Span(FIRST, FIRST));

        assertThat(Json.text(found))
                .isEqualTo(
                        "{\"from\":\"2026-02-25T10:00:00Z\",\"to\":\"2026-02-25T10:00:00Z\",\"count\":0,\"sum\":null,"
                                + "\"min\":null,\"max\":null,\"mean\":null,\"stddev\":null,\"p50\":null,\"p95\":null,"
                                + "\"p99\":null,\"first\":null,\"last\":null}");
    }

    @Test
    void refusesAnEdgeWhoseRawReadingsMayHaveExpired() {
        SummaryQuery query = new SummaryQuery(new ListedTables(BERLIN).asReadTables(Duration.ofDays(30)), BERLIN, NOW);

        assertThatThrownBy(() -> query.run(HEAT, span("2026-05-01T10:00:01Z", "2026-05-31T00:00:00Z")))
                .isInstanceOf(SpanNotHeldException.class)
                .hasMessageContaining("2026-05-01T10:00:01Z")
                .hasMessageContaining("those before 2026-05-02T00:10:00Z may have expired")
                .hasMessageContaining("here 2026-05-01T10:00:00Z or 2026-05-01T11:00:00Z");
        assertThat(query.run(HEAT, span("2026-05-01T10:00:00Z", "2026-05-31T00:00:00.001Z"))
                        .statistics()
                        .count())
                .isZero();
    }

    @Test
    void refusesASpanWhoseRollupsMayHaveExpired() {
        SummaryQuery query = new SummaryQuery(
                new ListedTables(BERLIN).asReadTables(Duration.ZERO, Duration.ofDays(30)), BERLIN, NOW);

        assertThatThrownBy(() -> query.run(HEAT, span("2026-05-01T10:00:00Z", "2026-05-31T00:00:00Z")))
                .isInstanceOf(SpanNotHeldException.class)
                .hasMessageContaining("needs rollups from 2026-05-01T10:00:00Z on")
                .hasMessageContaining("kept for PT720H only")
                .hasMessageContaining("start before 2026-05-02T00:10:00Z may have expired");
        assertThat(query.run(HEAT, span("2026-05-02T00:10:00Z", "2026-05-31T00:00:00Z"))
                        .statistics()
                        .count())
                .isZero();
    }

    @Test
    void refusesASpanWhoseRowsMayHaveExpiredWhileTheyWereRead() {
        Instant before = Instant.parse("2026-05-31T09:50:00Z"); // the rows of 10:00 may expire right after it
        for (String to : List.of("2026-05-01T11:00:00Z", "2026-05-01T10:59:59Z")) {
            Iterator<Instant> times = List.of(before, before.plusMillis(1)).iterator();
            InstantSource source = times::next;
            Clock moving = source.withZone(ZoneOffset.UTC);
            Duration kept = Duration.ofDays(30);
            SummaryQuery query = new SummaryQuery(new ListedTables(BERLIN).asReadTables(kept, kept), BERLIN, moving);

            assertThatThrownBy(() -> query.run(HEAT, span("2026-05-01T10:00:00Z", to)))
                    .isInstanceOf(SpanNotHeldException.class);
            assertThat(times.hasNext()).isFalse();
        }
    }

    private static List<RawReading> readings(Random random, int count) {
        List<RawReading> readings = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            long time = FIRST + (long) (random.nextDouble() * LENGTH);
            String device = "d" + random.nextInt(5);
            readings.add(new RawReading(
                    new Reading(device, "plant", "heat", time, random.nextInt(4000) / 100.0 - 5), i % 2, i));
        }
        return readings;
    }

    private static Span span(String from, String to) {
        return Span.of(Instant.parse(from), Instant.parse(to));
    }
}
