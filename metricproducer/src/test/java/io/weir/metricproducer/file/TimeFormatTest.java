package io.weir.metricproducer.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TimeFormatTest {

    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");

    @ParameterizedTest
    @CsvSource({
        "yyyy-MM-dd HH:mm:ss,       2015-02-11 14:48:00,           2015-02-11T13:48:00Z",
        "uuuu-MM-dd HH:mm:ss.SSS,   2015-07-11 14:48:00.125,       2015-07-11T12:48:00.125Z",
        "dd/MM/yy HH:mm,            11/02/15 14:48,                2015-02-11T13:48:00Z",
        "d MMM yyyy h:mm a,         11 FEB 2015 2:48 pm,           2015-02-11T13:48:00Z",
        "yyyy-MM-dd HH:mm:ssXXX,    2015-02-11 14:48:00+05:30,     2015-02-11T09:18:00Z",
        "yyyy-MM-dd HH:mm:ss VV,    2015-02-11 14:48:00 Asia/Tokyo, 2015-02-11T05:48:00Z",
        "yyyyMMdd,                  20150211,                      2015-02-10T23:00:00Z",
        "iso,                       2015-02-11T14:48:00Z,          2015-02-11T14:48:00Z",
        "iso,                       2015-02-11T14:48:00.125+01:00, 2015-02-11T13:48:00.125Z",
        "iso,                       2015-02-11T14:48+0100,         2015-02-11T13:48:00Z",
        "iso,                       2015-02-11 14:48:00+01,        2015-02-11T13:48:00Z",
        "iso,                       2015-02-11 14:48:00,           2015-02-11T13:48:00Z",
        "iso,                       2015-02-11,                    2015-02-10T23:00:00Z",
        "epoch-ms,                  1423662480125,                 2015-02-11T13:48:00.125Z",
        "epoch-ms,                  1423662480125.9,               2015-02-11T13:48:00.125Z",
        "epoch-s,                   1423662480,                    2015-02-11T13:48:00Z",
        "epoch-s,                   1423662480.1259,               2015-02-11T13:48:00.125Z",
        "epoch-s,                   1.423662480e9,                 2015-02-11T13:48:00Z",
        "epoch-s,                   -0.0001,                       1969-12-31T23:59:59.999Z"
    })
    void readsTimes(String format, String cell, Instant time) {
        assertThat(TimeFormat.of(format, BERLIN).parse(cell)).isEqualTo(time);
    }

    @Test
    void aLocalTimeShownTwiceIsTheFirstOfTheTwo() {
        assertThat(TimeFormat.of("iso", BERLIN).parse("2026-10-25T02:30:00")).isEqualTo("2026-10-25T00:30:00Z");
    }

    @Test
    void aLocalTimeThatTheClockSkipsIsNoTime() {
        assertThatThrownBy(() -> TimeFormat.of("iso", BERLIN).parse("2026-03-29T02:30:00"))
                .isInstanceOf(DateTimeException.class)
                .hasMessage("2026-03-29T02:30 does not exist in Europe/Berlin: its clock goes forward there");
    }

    @ParameterizedTest
    @CsvSource({
        "yyyy-MM-dd HH:mm:ss, 2015-02-30 14:48:00",
        "yyyy-MM-dd HH:mm:ss, 2015-02-11 24:00:00",
        "yyyy-MM-dd HH:mm:ss, 2015-02-11",
        "yyyy-MM-dd HH:mm:ss, ''",
        "HH:mm, 14:48",
        "iso, 2015-02-30",
        "iso, 2015-02-11T",
        "iso, 2015-02-11T14:48ZZ",
        "iso, yesterday",
        "epoch-ms, ''",
        "epoch-ms, 2015-02-11",
        "epoch-ms, 1e999999999",
        "epoch-ms, 1e-999999999",
        "epoch-s, 99999999999999999999",
        "epoch-s, NaN"
    })
    void everythingElseIsNoTime(String format, String cell) {
        assertThatThrownBy(() -> TimeFormat.of(format, BERLIN).parse(cell)).isInstanceOf(DateTimeException.class);
    }

    @Test
    void aPatternMustBeOne() {
        assertThatThrownBy(() -> TimeFormat.of("yyyy-bb", BERLIN))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("time format \"yyyy-bb\" is not a pattern: ")
                .hasMessageEndingWith("expected one such as yyyy-MM-dd HH:mm:ss, or iso, epoch-ms, epoch-s");
    }
}
