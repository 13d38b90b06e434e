package io.weir.query.api.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TimeTextTest {

    private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-04-02T12:00:00Z"), ZoneOffset.UTC);

    @ParameterizedTest
    @CsvSource({
        "now, 2026-04-02T12:00:00Z",
        "-30s, 2026-04-02T11:59:30Z",
        "-15m, 2026-04-02T11:45:00Z",
        "-24h, 2026-04-01T12:00:00Z",
        "-90d, 2026-01-02T12:00:00Z",
        "-2w, 2026-03-19T12:00:00Z",
        "0, 1970-01-01T00:00:00Z",
        "1774746000125, 2026-03-29T01:00:00.125Z",
        "2026-03-29T03:00:00+02:00, 2026-03-29T01:00:00Z",
        "2026-03-29T01:00:00.1259Z, 2026-03-29T01:00:00.125Z"
    })
    void isParsed(String text, Instant expected) {
        assertThat(TimeText.millis(text, CLOCK)).isEqualTo(expected.toEpochMilli());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "yesterday",
                "2026-03-29",
                "2026-03-29T01:00:00",
                "24h",
                "+24h",
                "-1y",
                "-999999999w",
                "9999999999999999",
                "+10000-01-01T00:00:00Z",
                "0000-12-31T23:59:59Z",
                "Now"
            })
    void isRefused(String text) {
        assertThatThrownBy(() -> TimeText.millis(text, CLOCK))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("found \"" + text + "\"; expected a time");
    }

    @ParameterizedTest
    @ValueSource(strings = {"1774746000", "999999999"})
    void secondsAreRefusedWithTheirMilliseconds(String text) {
        assertThatThrownBy(() -> TimeText.millis(text, CLOCK))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("found \"" + text + "\", which looks like seconds since the epoch; expected milliseconds: "
                        + text + "000");
    }

    @ParameterizedTest
    @CsvSource({
        "2026-03-29, 2026-03-28T23:00:00Z",
        "2026-03-30, 2026-03-29T22:00:00Z",
        "2026-03-30T01:30, 2026-03-29T23:30:00Z",
        "2026-03-30T01:30:05.5, 2026-03-29T23:30:05.500Z",
        "2026-03-30T01:30:00Z, 2026-03-30T01:30:00Z",
        "-1d, 2026-04-01T12:00:00Z"
    })
    void aTimeWithoutAnOffsetIsInTheZone(String text, Instant expected) {
        assertThat(TimeText.millis(text, CLOCK, ZoneId.of("Europe/Berlin"))).isEqualTo(expected.toEpochMilli());
    }

    @ParameterizedTest
    @CsvSource({
        "2026-03-29T02:30, does not exist in Europe/Berlin",
        "2026-10-25T02:30, occurs twice in Europe/Berlin",
        "2026-02-30, expected a date such as",
        "2026-03, expected a date such as",
        "2026-03-30T25:00, expected a date such as"
    })
    void aTimeThatTheZoneDoesNotHaveOnceIsRefused(String text, String message) {
        assertThatThrownBy(() -> TimeText.millis(text, CLOCK, ZoneId.of("Europe/Berlin")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(message);
    }
}
