package io.weir.query.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Clock;
import java.time.Instant;
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
}
