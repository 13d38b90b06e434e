package io.weir.query;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.core.rollup.Resolution;
import io.weir.core.rollup.Rollup;
import io.weir.core.rollup.Window;
import io.weir.core.rollup.WindowCalendar;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class FilledWindowsTest {

    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");
    private static final List<RollupFunction> MEAN_AND_LAST =
            List.of(RollupFunction.named("mean"), RollupFunction.named("last"), RollupFunction.named("count"));

    /** Local midnight; the clock goes forward at 01:00Z. */
    private static final Span NIGHT = span("2026-03-28T23:00:00Z", "2026-03-29T05:00:00Z");

    @Test
    void omitsGaps() {
        assertThat(means(Fill.NONE, NIGHT, reading("2026-03-29T00:10:00Z", 1), reading("2026-03-29T03:10:00Z", 4)))
                .containsExactly("00:00=1.0", "03:00=4.0");
    }

    @Test
    void fillsGapsWithNulls() {
        assertThat(means(Fill.NULL, NIGHT, reading("2026-03-29T00:10:00Z", 1)))
                .containsExactly("23:00=null", "00:00=1.0", "01:00=null", "02:00=null", "03:00=null", "04:00=null");
    }

    @Test
    void carriesValuesForwardFromTheFirstReadings() {
        assertThat(means(Fill.PREVIOUS, NIGHT, reading("2026-03-29T00:10:00Z", 1), reading("2026-03-29T03:10:00Z", 4)))
                .containsExactly("23:00=null", "00:00=1.0", "01:00=1.0*", "02:00=1.0*", "03:00=4.0", "04:00=4.0*");
    }

    @Test
    void interpolatesOnlyBetweenReadings() {
        assertThat(means(Fill.LINEAR, NIGHT, reading("2026-03-29T00:10:00Z", 1), reading("2026-03-29T03:10:00Z", 4)))
                .containsExactly("23:00=null", "00:00=1.0", "01:00=2.0*", "02:00=3.0*", "03:00=4.0", "04:00=null");
    }

    @Test
    void aFilledWindowHasNoReadings() {
        WindowValues filled = windows(Fill.PREVIOUS, NIGHT, reading("2026-03-28T23:10:00Z", 2))
                .get(1);
        assertThat(filled.count()).isZero();
        assertThat(filled.values().get(1)).isEqualTo(new Statistics.Point(Instant.parse("2026-03-28T23:10:00Z"), 2));
        assertThat(filled.values().get(2)).isEqualTo(0L);
    }

    @Test
    void beginsWithTheFirstWindowThatStartsInTheSpan() {
        assertThat(means(Fill.NULL, span("2026-03-29T00:00:01Z", "2026-03-29T02:00:01Z")))
                .containsExactly("01:00=null", "02:00=null");
        assertThat(means(Fill.NULL, span("2026-03-29T00:00:01Z", "2026-03-29T00:00:01Z")))
                .isEmpty();
    }

    private static List<String> means(Fill fill, Span span, WindowRollup... found) {
        return windows(fill, span, found).stream()
                .map(window ->
                        Instant.ofEpochMilli(window.window().start()).toString().substring(11, 16) + "="
                                + window.values().get(0) + (window.filled() ? "*" : ""))
                .toList();
    }

    private static List<WindowValues> windows(Fill fill, Span span, WindowRollup... found) {
        List<WindowValues> windows = new ArrayList<>();
        new FilledWindows(
                        Stream.of(found).iterator(), MEAN_AND_LAST, fill, span, new WindowCuts(WindowSize.HOUR, BERLIN))
                .forEachRemaining(windows::add);
        return windows;
    }

    private static WindowRollup reading(String time, double value) {
        long millis = Instant.parse(time).toEpochMilli();
        Window window = new WindowCalendar(BERLIN).windowOf(Resolution.HOUR, millis);
        Rollup rollup = new Rollup();
        rollup.add(millis, "d", value);
        return new WindowRollup(window, rollup);
    }

    private static Span span(String from, String to) {
        return Span.of(Instant.parse(from), Instant.parse(to));
    }
}
