package io.weir.metricproducer.file.time;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

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
        assertThat(TimeFormat.of(format, BERLIN).parse(cell).first().toEpochMilli())
                .isEqualTo(time.toEpochMilli());
    }

    @Test
    void aLocalTimeOfARepeatedHourHasTwoInstants() {
        Moment moment = TimeFormat.of("iso", BERLIN).parse("2026-10-25T02:30:00");
        assertThat(moment.first()).isEqualTo("2026-10-25T00:30:00Z");
        assertThat(moment.second()).isEqualTo("2026-10-25T01:30:00Z");
        assertThat(moment.repetition()).isNotNull();
        assertThat(TimeFormat.of("yyyy-MM-dd HH:mm VV", ZoneOffset.UTC)
                        .parse("2026-10-25 02:30 Europe/Berlin")
                        .repetition())
                .isNotNull();
    }

    @ParameterizedTest
    @CsvSource({
        "2022-08-03 12:00:00 CET,  2022-08-03T11:00:00Z",
        "2022-08-03 12:00:00 MEZ,  2022-08-03T11:00:00Z",
        "2022-12-03 12:00:00 CEST, 2022-12-03T10:00:00Z",
        "2022-08-03 12:00:00 EST,  2022-08-03T17:00:00Z",
        "2022-08-03 12:00:00 pst,  2022-08-03T20:00:00Z",
        "2022-08-03 12:00:00 GMT,  2022-08-03T12:00:00Z",
        "2022-08-03 12:00:00 WET,  2022-08-03T12:00:00Z",
        "2022-08-03 12:00:00 UTC,  2022-08-03T12:00:00Z",
        "2022-10-30 02:30:00 CET,  2022-10-30T01:30:00Z",
        "2022-10-30 02:30:00 CEST, 2022-10-30T00:30:00Z"
    })
    void anAbbreviationOfAZoneIsOneOffset(String text, Instant time) {
        Moment moment = TimeFormat.of("yyyy-MM-dd HH:mm:ss z", BERLIN).parse(text);
        assertThat(moment.first()).isEqualTo(time);
        assertThat(moment.repetition()).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"BST", "IST", "CST", "bst"})
    void anAmbiguousAbbreviationIsRefused(String abbreviation) {
        assertThatThrownBy(() -> TimeFormat.of("yyyy-MM-dd HH:mm z", BERLIN).parse("2022-08-03 12:00 " + abbreviation))
                .isInstanceOf(DateTimeException.class)
                .hasMessageStartingWith(abbreviation + " means a different offset in different places")
                .hasMessageContaining("XXX")
                .hasMessageContaining("VV");
    }

    @ParameterizedTest
    @ValueSource(strings = {"2022-08-03 12:00 ", "2022-08-03 12:00 XYZ", "2022-08-03 12:00 UTC+2", "2022-08-03 12:00"})
    void aPatternWithAnAbbreviationNeedsOne(String text) {
        assertThatThrownBy(() ->
                        TimeFormat.of("yyyy-MM-dd HH:mm z", ZoneOffset.UTC).parse(text))
                .isInstanceOf(DateTimeException.class);
    }

    @Test
    void anOptionalAbbreviationMayBeAbsent() {
        TimeFormat format = TimeFormat.of("yyyy-MM-dd HH:mm[ z]", BERLIN);
        assertThat(format.parse("2022-08-03 12:00").first()).isEqualTo("2022-08-03T10:00:00Z");
        assertThat(format.parse("2022-08-03 12:00 EST").first()).isEqualTo("2022-08-03T17:00:00Z");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "yyyy-MM-dd hh:mm:ss|hh is the hour of a clock and needs a",
                "yyyy-MM-dd KK:mm|hh is the hour of a clock and needs a",
                "yyyy-MM-dd mm:ss|it contains no complete time of day",
                "yyyy-MM-dd HH:mm:SS|it contains no complete time of day",
                "yyyy-MM-dd ss|it contains no complete time of day",
                "yyyy-MM-dd a|it contains no complete time of day",
                "YYYY-MM-dd HH:mm|it contains no complete date",
                "yyyy-mm-dd HH:mm|it contains no complete date",
                "MM-dd HH:mm|it contains no complete date",
                "HH:mm|it contains no complete date",
                "yyyy-MM|it contains no complete date",
                "yyyy-MM-dd HH:mm zzzz|written-out zone names are ambiguous",
                "yyyy-MM-dd HH:mm v|written-out zone names are ambiguous",
                "yyyy-MM-dd'T'HH:mm'Z'|'Z' in quotes is ignored"
            })
    void aPatternWithoutACompleteTimeIsRefused(String pattern, String reason) {
        assertThatThrownBy(() -> TimeFormat.of(pattern, BERLIN))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("cannot be used: ")
                .hasMessageContaining(reason);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "yyyy-MM-dd'T'HH:mm:ss'Z'",
                "yyyy-MM-dd hh:mm:ss a",
                "dd.MM.yy HH",
                "yyyyDDD HHmm",
                "yyyyMMddHHmmssSSS",
                "yyyy-MM-dd kk:mm",
                "yyyy-MM-dd HH:mm:ss[.SSS]",
                "EEE MMM d HH:mm:ss z yyyy",
                "yyyy-MM-dd HH:mm O"
            })
    void aPatternWithACompleteTimeIsAccepted(String pattern) {
        assertThat(TimeFormat.of(pattern, ZoneId.of("UTC"))).isNotNull();
    }

    @ParameterizedTest
    @CsvSource({
        "epoch-us, 1609459200123456,    2021-01-01T00:00:00.123Z",
        "epoch-us, 1609459200123999.99, 2021-01-01T00:00:00.123Z",
        "epoch-ns, 1609459200123999999, 2021-01-01T00:00:00.123Z",
        "epoch-ns, 1.609459200e18,      2021-01-01T00:00:00Z",
        "epoch-s,  0,                   1970-01-01T00:00:00Z",
        "epoch-s,  -5,                  1969-12-31T23:59:55Z",
        "epoch-s,  499000000,           1985-10-24T11:06:40Z"
    })
    void numbersAreInTheirUnit(String format, String cell, Instant time) {
        assertThat(TimeFormat.of(format, BERLIN).parse(cell).first()).isEqualTo(time);
    }

    @ParameterizedTest
    @CsvSource({
        "epoch-s,  1609459200123,       epoch-ms",
        "epoch-s,  1609459200123456,    epoch-us",
        "epoch-s,  1609459200123456789, epoch-ns",
        "epoch-ms, 1609459200,          epoch-s",
        "epoch-ms, 1609459200.5,        epoch-s",
        "epoch-ms, 1609459200123456789, epoch-ns",
        "epoch-us, 1609459200123,       epoch-ms",
        "epoch-ns, 1609459200,          epoch-s"
    })
    void aNumberOfAnotherUnitIsReportedWithItsUnit(String format, String cell, String likely) {
        assertThatThrownBy(() -> TimeFormat.of(format, BERLIN).parse(cell))
                .isInstanceOf(DateTimeException.class)
                .hasMessageContaining("2021-01-01T00:00:00")
                .hasMessageEndingWith("the likely format is " + likely);
    }

    @Test
    void aSkippedLocalTimeIsNoTime() {
        assertThatThrownBy(() -> TimeFormat.of("iso", BERLIN).parse("2026-03-29T02:30:00"))
                .isInstanceOf(DateTimeException.class)
                .hasMessage("2026-03-29T02:30 does not exist in Europe/Berlin: the clock is set forward there");
    }

    @ParameterizedTest
    @CsvSource({
        "yyyy-MM-dd HH:mm:ss, 2015-02-30 14:48:00",
        "yyyy-MM-dd HH:mm:ss, 2015-02-11 24:00:00",
        "yyyy-MM-dd HH:mm:ss, 2015-02-11",
        "yyyy-MM-dd HH:mm:ss, ''",
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
    void otherTextIsNoTime(String format, String cell) {
        assertThatThrownBy(() -> TimeFormat.of(format, BERLIN).parse(cell)).isInstanceOf(DateTimeException.class);
    }

    @Test
    void anInvalidPatternIsRefused() {
        assertThatThrownBy(() -> TimeFormat.of("yyyy-MM-dd jj", BERLIN))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("time format \"yyyy-MM-dd jj\" is not a pattern: ")
                .hasMessageEndingWith(
                        "expected one such as yyyy-MM-dd HH:mm:ss, or iso, epoch-s, epoch-ms, epoch-us, epoch-ns");
    }
}
