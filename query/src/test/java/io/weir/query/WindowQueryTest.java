package io.weir.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.weir.core.reading.Reading;
import io.weir.core.rollup.Window;
import io.weir.storage.raw.RawReading;
import io.weir.storage.read.ScopedMetric;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class WindowQueryTest {

    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");
    private static final ZoneId LORD_HOWE = ZoneId.of("Australia/Lord_Howe"); // its clock moves by half an hour
    private static final ScopedMetric HEAT = ScopedMetric.ofGroup("plant", "heat");

    @ParameterizedTest
    @CsvSource({
        "MINUTES_5,  Europe/Berlin, 2026-03-29T00:07:12Z, 2026-03-29T00:05:00Z, 2026-03-29T00:10:00Z",
        "MINUTES_30, Europe/Berlin, 2026-03-29T00:59:59Z, 2026-03-29T00:30:00Z, 2026-03-29T01:00:00Z",
        "MINUTES_15, Asia/Kathmandu, 2026-03-29T00:20:00Z, 2026-03-29T00:15:00Z, 2026-03-29T00:30:00Z",
        "WEEK,       Europe/Berlin, 2026-03-29T10:00:00Z, 2026-03-22T23:00:00Z, 2026-03-29T22:00:00Z",
        "WEEK,       UTC,           2026-03-30T00:00:00Z, 2026-03-30T00:00:00Z, 2026-04-06T00:00:00Z",
        "QUARTER,    Europe/Berlin, 2026-03-31T21:59:59Z, 2025-12-31T23:00:00Z, 2026-03-31T22:00:00Z",
        "QUARTER,    Europe/Berlin, 2026-12-01T00:00:00Z, 2026-09-30T22:00:00Z, 2026-12-31T23:00:00Z",
        "YEAR,       Europe/Berlin, 2026-06-01T00:00:00Z, 2025-12-31T23:00:00Z, 2026-12-31T23:00:00Z"
    })
    void windowsFollowTheCalendar(WindowSize size, ZoneId zone, Instant time, Instant start, Instant end) {
        Window window = new WindowCuts(size, zone).windowOf(time.toEpochMilli());
        assertThat(Instant.ofEpochMilli(window.start())).isEqualTo(start);
        assertThat(Instant.ofEpochMilli(window.end())).isEqualTo(end);
    }

    /** Every instant lies in exactly one window, whatever the clock does. */
    @ParameterizedTest
    @EnumSource(WindowSize.class)
    void windowsCoverTheTimeLine(WindowSize size) {
        for (ZoneId zone : List.of(BERLIN, LORD_HOWE, ZoneId.of("America/St_Johns"))) {
            WindowCuts cuts = new WindowCuts(size, zone);
            Window window = cuts.windowOf(Instant.parse("2026-03-20T00:00:00Z").toEpochMilli());
            for (int i = 0;
                    i < 8000
                            && window.end()
                                    < Instant.parse("2036-01-01T00:00:00Z").toEpochMilli();
                    i++) {
                Window next = cuts.after(window);
                assertThat(next.start()).as("%s %s", size, zone).isEqualTo(window.end());
                assertThat(cuts.windowOf(next.end() - 1)).isEqualTo(next);
                window = next;
            }
        }
    }

    @ParameterizedTest
    @EnumSource(WindowSize.class)
    void windowsHoldTheReadingsBetweenTheirEdges(WindowSize size) {
        List<RawReading> readings = readings(size.name().hashCode());
        ListedTables tables = ListedTables.of(BERLIN, readings);
        Span span = new Span(
                Instant.parse("2026-03-28T10:01:00Z").toEpochMilli(),
                Instant.parse("2026-03-31T12:34:56Z").toEpochMilli());
        List<WindowRollup> found = run(tables, size, span);

        WindowCuts cuts = new WindowCuts(size, BERLIN);
        List<Window> expected = readings.stream()
                .map(raw -> cuts.windowOf(raw.reading().time()))
                .filter(window -> span.from() <= window.start() && window.start() < span.to())
                .distinct()
                .sorted((one, other) -> Long.compare(one.start(), other.start()))
                .toList();
        assertThat(found).extracting(WindowRollup::window).isEqualTo(expected);
        for (WindowRollup each : found) {
            List<Double> values = readings.stream()
                    .map(RawReading::reading)
                    .filter(reading -> each.window().contains(reading.time()))
                    .map(Reading::value)
                    .toList();
            assertThat(each.rollup().count()).isEqualTo(values.size());
            assertThat(each.rollup().sum())
                    .isCloseTo(values.stream().mapToDouble(value -> value).sum(), within(1e-9));
            assertThat(each.rollup().max())
                    .isEqualTo(values.stream().mapToDouble(value -> value).max().orElseThrow());
        }
    }

    @Test
    void aSpanInsideOfAWindowHasNone() {
        ListedTables tables = ListedTables.of(BERLIN, readings(1));
        Span span = new Span(
                Instant.parse("2026-03-30T10:01:00Z").toEpochMilli(),
                Instant.parse("2026-03-30T10:04:00Z").toEpochMilli());
        assertThat(run(tables, WindowSize.MINUTES_5, span)).isEmpty();
        assertThat(run(tables, WindowSize.YEAR, span)).isEmpty();
    }

    /** A client that goes away, or a deadline, ends the reading of rows, and not only that of windows. */
    @Test
    void everyRowIsProgress() {
        ListedTables tables = ListedTables.of(BERLIN, readings(2));
        AtomicLong rows = new AtomicLong();
        Runnable deadline = () -> {
            if (rows.incrementAndGet() == 3) {
                throw new IllegalStateException("too late");
            }
        };
        Span all = new Span(0, Instant.parse("2030-01-01T00:00:00Z").toEpochMilli());
        assertThatThrownBy(() -> {
                    try (Stream<WindowRollup> windows =
                            query(tables).windows(HEAT, WindowSize.MINUTES_30, all, deadline)) {
                        windows.forEach(window -> {});
                    }
                })
                .hasMessage("too late");
        assertThat(rows).hasValue(3);
    }

    private static List<WindowRollup> run(ListedTables tables, WindowSize size, Span span) {
        try (Stream<WindowRollup> windows = query(tables).windows(HEAT, size, span, () -> {})) {
            return windows.toList();
        }
    }

    private static WindowQuery query(ListedTables tables) {
        return new WindowQuery(tables, tables, BERLIN);
    }

    /** Readings of two sources over the clock change of March, and some in other quarters and years. */
    private static List<RawReading> readings(int seed) {
        Random random = new Random(seed);
        long first = Instant.parse("2026-03-27T00:00:00Z").toEpochMilli();
        List<RawReading> readings = new ArrayList<>();
        for (int i = 0; i < 600; i++) {
            long span = i % 10 == 0 ? 800L * 86_400_000 : 5L * 86_400_000;
            long time = first + (long) (random.nextDouble() * span) - (i % 20 == 0 ? 400L * 86_400_000 : 0);
            Reading reading = new Reading("d" + i % 3, "plant", "heat", time, random.nextInt(1000) / 10.0);
            readings.add(new RawReading(reading, i % 2, i));
        }
        return readings;
    }
}
