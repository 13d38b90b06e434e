package io.weir.query;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.core.reading.Reading;
import io.weir.core.rollup.Resolution;
import io.weir.core.rollup.Rollup;
import io.weir.query.json.Json;
import io.weir.storage.raw.RawReading;
import io.weir.storage.read.ScopedMetric;
import io.weir.storage.rollup.SourceRollup;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import org.junit.jupiter.api.Test;

class RollupQueryTest {

    private static final ZoneId UTC = ZoneId.of("UTC");
    private static final ScopedMetric HEAT = ScopedMetric.ofDevice("d", "heat");

    @Test
    void mergesSourcesAndOmitsEmptyWindows() {
        ListedTables tables = ListedTables.of(
                UTC,
                List.of(
                        raw("2026-01-01T00:10:00.125Z", 1, 0),
                        raw("2026-01-01T00:20:00Z", 3, 1),
                        raw("2026-01-01T02:00:00Z", 7, 1)));

        List<WindowStatistics> found = new RollupQuery(tables).run(HEAT, Resolution.HOUR, day());

        assertThat(Json.text(found))
                .isEqualTo(
                        "[{\"start\":\"2026-01-01T00:00:00Z\",\"end\":\"2026-01-01T01:00:00Z\",\"count\":2,\"sum\":4.0,"
                                + "\"min\":1.0,\"max\":3.0,\"mean\":2.0,\"stddev\":1.4142135623730951,\"p50\":2.0,\"p95\":2.9,"
                                + "\"p99\":2.98,\"first\":{\"time\":\"2026-01-01T00:10:00.125Z\",\"value\":1.0},"
                                + "\"last\":{\"time\":\"2026-01-01T00:20:00Z\",\"value\":3.0}},"
                                + "{\"start\":\"2026-01-01T02:00:00Z\",\"end\":\"2026-01-01T03:00:00Z\",\"count\":1,\"sum\":7.0,"
                                + "\"min\":7.0,\"max\":7.0,\"mean\":7.0,\"stddev\":null,\"p50\":7.0,\"p95\":7.0,\"p99\":7.0,"
                                + "\"first\":{\"time\":\"2026-01-01T02:00:00Z\",\"value\":7.0},"
                                + "\"last\":{\"time\":\"2026-01-01T02:00:00Z\",\"value\":7.0}}]");
    }

    @Test
    void omitsWindowsThatWereRebuiltToNothing() {
        ListedTables tables =
                ListedTables.of(UTC, List.of(raw("2026-01-01T00:10:00Z", 1, 0), raw("2026-01-01T01:00:00Z", 2, 0)));
        tables.rollups.replaceAll(row -> row.key()
                                .window()
                                .contains(Instant.parse("2026-01-01T00:10:00Z").toEpochMilli())
                        && row.key().window().resolution() == Resolution.HOUR
                ? new SourceRollup(row.source(), row.key(), new Rollup(), 9)
                : row);

        assertThat(new RollupQuery(tables).run(HEAT, Resolution.HOUR, day()))
                .extracting(WindowStatistics::start)
                .containsExactly(Instant.parse("2026-01-01T01:00:00Z"));
    }

    @Test
    void atEqualTimesTheLowerSourceHasTheFirstAndTheHigherTheLast() {
        ListedTables tables =
                ListedTables.of(UTC, List.of(raw("2026-01-01T00:10:00Z", 5, 1), raw("2026-01-01T00:10:00Z", 4, 0)));

        Statistics found =
                new RollupQuery(tables).run(HEAT, Resolution.DAY, day()).get(0).statistics();

        assertThat(found.first().value()).isEqualTo(4);
        assertThat(found.last().value()).isEqualTo(5);
    }

    @Test
    void returnsTheWindowsThatStartInTheSpan() {
        ListedTables tables =
                ListedTables.of(UTC, List.of(raw("2026-01-01T00:59:00Z", 1, 0), raw("2026-01-01T01:00:00Z", 2, 0)));
        Span span = Span.of(Instant.parse("2026-01-01T00:00:00.001Z"), Instant.parse("2026-01-01T01:00:00.001Z"));

        assertThat(new RollupQuery(tables).run(HEAT, Resolution.HOUR, span))
                .extracting(WindowStatistics::start)
                .containsExactly(Instant.parse("2026-01-01T01:00:00Z"));
    }

    private static RawReading raw(String time, double value, int source) {
        Reading reading = new Reading("d", "g", "heat", Instant.parse(time).toEpochMilli(), value);
        return new RawReading(reading, source, reading.time());
    }

    private static Span day() {
        return Span.of(Instant.parse("2026-01-01T00:00:00Z"), Instant.parse("2026-01-02T00:00:00Z"));
    }
}
