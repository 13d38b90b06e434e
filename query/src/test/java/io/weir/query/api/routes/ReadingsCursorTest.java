package io.weir.query.api.routes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.weir.core.reading.Reading;
import io.weir.query.Span;
import io.weir.query.api.http.ProblemException;
import io.weir.storage.raw.RawReading;
import io.weir.storage.read.ScopedMetric;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReadingsCursorTest {

    private static final Span SPAN = new Span(1_000, 2_000);
    private static final ScopedMetric FIRST = ScopedMetric.ofGroup("g", "m");
    private static final ScopedMetric SECOND = ScopedMetric.ofGroup("h", "m");
    private static final List<ScopedMetric> ALL = List.of(FIRST, SECOND);
    private static final int OF_ALL = -1_993_572_256;

    @Test
    void everyReadingFollowsTheBeginning() {
        ReadingsCursor begin = ReadingsCursor.begin(SPAN, ALL);
        assertThat(begin.isBefore(reading(1_000, "a", 0))).isTrue();
        assertThat(begin.atSeries(1).isBefore(reading(1_000, "a", 0))).isTrue();
        assertThat(begin.atSeries(1).series()).isEqualTo(1);
        assertThat(begin.atSeries(1).of()).isEqualTo(begin.of());
    }

    /** U+FFFD comes before U+1F30A in UTF-8, as Cassandra compares names, and after it in UTF-16. */
    @ParameterizedTest
    @CsvSource({
        "1501, a,      1, true",
        "1499, z,      9, false",
        "1500, d,      2, false",
        "1500, d,      3, true",
        "1500, d,      1, false",
        "1500, c,      9, false",
        "1500, e,      1, true",
        "1500, \uFFFD, 1, true"
    })
    void readingsAreOrderedByTimeDeviceAndSource(long time, String device, int source, boolean follows) {
        ReadingsCursor cursor = ReadingsCursor.begin(SPAN, ALL).after(reading(1_500, "d", 2));
        assertThat(cursor.isBefore(reading(time, device, source))).isEqualTo(follows);
    }

    @Test
    void devicesAreOrderedAsCassandraOrdersThem() {
        ReadingsCursor cursor = ReadingsCursor.begin(SPAN, ALL).after(reading(1_500, "\uFFFD", 1));
        assertThat(cursor.isBefore(reading(1_500, "🌊", 1))).isTrue();
    }

    @Test
    void aCursorIsReadAsItWasWritten() {
        ReadingsCursor cursor = ReadingsCursor.begin(SPAN, ALL).atSeries(1).after(reading(1_999, "d\"", 7));
        assertThat(ReadingsCursor.parse(cursor.text(), ALL)).isEqualTo(cursor);
        ReadingsCursor begin = ReadingsCursor.begin(SPAN, ALL);
        assertThat(ReadingsCursor.parse(begin.text(), ALL)).isEqualTo(begin);
    }

    /** The next page may be requested from another process, or after a restart. */
    @Test
    void aCursorIsTheSameInEveryProcess() {
        assertThat(ReadingsCursor.begin(SPAN, ALL).of()).isEqualTo(OF_ALL);
    }

    @Test
    void aCursorOfOtherSeriesIsRefused() {
        assertWrong(ReadingsCursor.begin(SPAN, ALL).text(), List.of(SECOND, FIRST));
        assertWrong(ReadingsCursor.begin(SPAN, ALL).atSeries(2).text(), ALL);
        assertWrong(ReadingsCursor.begin(SPAN, ALL).atSeries(-1).text(), ALL);
    }

    @Test
    void aCursorOutsideOfTheSpanIsRefused() {
        assertWrong(
                ReadingsCursor.begin(SPAN, ALL).after(reading(2_000, "d", 1)).text(), ALL);
        assertWrong(ReadingsCursor.begin(SPAN, ALL).after(reading(999, "d", 1)).text(), ALL);
    }

    @Test
    void aSpanThatEndsBeforeItBeginsIsRefused() {
        assertWrong(CursorText.write("readings", 2_000, 1_000, 0, 1_500, "d", 1, OF_ALL), ALL);
    }

    private static void assertWrong(String cursor, List<ScopedMetric> all) {
        assertThatExceptionOfType(ProblemException.class)
                .isThrownBy(() -> ReadingsCursor.parse(cursor, all))
                .withMessageContaining("found a cursor of another request");
    }

    private static RawReading reading(long time, String device, int source) {
        return new RawReading(new Reading(device, "g", "m", time, 1), source, 0);
    }
}
