package io.weir.core.reading;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EventTimeTest {

    @ParameterizedTest
    @CsvSource({
        "2026-03-29T01:30:00.125Z,          2026-03-29T01:30:00.125Z",
        "2026-03-29T01:30:00Z,              2026-03-29T01:30:00Z",
        "2026-03-29T01:30Z,                 2026-03-29T01:30:00Z",
        "2026-03-29T03:30:00+02:00,         2026-03-29T01:30:00Z",
        "2026-03-29T03:30:00+0200,          2026-03-29T01:30:00Z",
        "2026-03-29T03:30+02,               2026-03-29T01:30:00Z",
        "2026-03-28T20:00:00.5-05:30,       2026-03-29T01:30:00.5Z",
        "2026-03-29T01:30:00.1259Z,         2026-03-29T01:30:00.125Z",
        "2026-03-29T01:30:00.123456789987Z, 2026-03-29T01:30:00.123Z",
        "2026-03-29t01:30:00z,              2026-03-29T01:30:00Z",
        "1969-12-31T23:59:59.9999Z,         1969-12-31T23:59:59.999Z",
        "2024-02-29T00:00:00-00:00,         2024-02-29T00:00:00Z",
        "0000-01-01T00:00:00Z,              0000-01-01T00:00:00Z"
    })
    void readsIso8601WithOffset(String text, Instant time) {
        assertThat(EventTime.parse(text)).isEqualTo(time.toEpochMilli());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "Z",
                "T",
                "now",
                "2026-03-29",
                "2026-03-29T01:30:00",
                "2026-03-29 01:30:00Z",
                "2026-03-29T01Z",
                "2026-03-29T1:30:00Z",
                "2026-02-29T00:00:00Z",
                "2026-02-30T00:00:00Z",
                "2026-13-01T00:00:00Z",
                "2026-03-29T24:00:00Z",
                "2026-03-29T23:60:00Z",
                "2026-06-30T23:59:60Z",
                "2026-03-29T01:30:00.Z",
                "2026-03-29T01:30.5Z",
                "2026-03-29T01:30:00,5Z",
                "2026-03-29T01:30:00+2",
                "2026-03-29T01:30:00+19:00",
                "2026-03-29T01:30:00+01:60",
                "2026-03-29T01:30:00Z ",
                " 2026-03-29T01:30:00Z",
                "2026-03-29T01:30:00ZZ",
                "26-03-29T01:30:00Z",
                "20260329T013000Z",
                "2026-W13-7T01:30:00Z",
                "२०२६-03-29T01:30:00Z",
                "2026-03-29T01:30:00[UTC]",
                "2026-03-29T01:30:00+01:00[Europe/Berlin]",
                "1774747800125"
            })
    void rejectsEverythingElse(String text) {
        assertThat(EventTime.parse(text)).isNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "+10000-01-01T00:00:00Z",
                "+999999999-12-31T23:59:59Z",
                "-0001-12-31T23:59:59Z",
                "-999999999-01-01T00:00:00Z"
            })
    void distantTimesAreOutOfRange(String text) {
        Long time = EventTime.parse(text);
        assertThat(time).isNotNull();
        assertThat(EventTime.isInRange(time)).isFalse();
    }

    @Test
    void parsesLikeJavaTime() {
        long seed = 20260329;
        Random random = new Random(seed);
        DateTimeFormatter[] forms = {
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSX"),
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ssXXX"),
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSSSSSXX"),
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mmXXX"),
        };
        for (int i = 0; i < 20_000; i++) {
            DateTimeFormatter form = forms[i % forms.length];
            String text = form.format(anyTime(random));
            long expected = OffsetDateTime.parse(text, form).toInstant().toEpochMilli();
            assertThat(EventTime.parse(text)).as("%s, seed %d", text, seed).isEqualTo(expected);
        }
    }

    private static OffsetDateTime anyTime(Random random) {
        ZoneOffset offset = random.nextBoolean() ? ZoneOffset.UTC : ZoneOffset.ofHours(random.nextInt(37) - 18);
        return LocalDateTime.of(random.nextInt(9_999), 1, 1, random.nextInt(24), random.nextInt(60), random.nextInt(60))
                .plusDays(random.nextInt(366))
                .plusNanos(random.nextInt(1_000_000_000))
                .atOffset(offset);
    }

    @Test
    void rejectsLikeJavaTime() {
        long seed = 5;
        Random random = new Random(seed);
        for (int i = 0; i < 20_000; i++) {
            StringBuilder text = new StringBuilder(i % 2 == 0 ? "2023-02-28T23:59:59.999Z" : "2024-02-29T23:59:59Z");
            for (int changes = 1 + random.nextInt(2); changes > 0; changes--) {
                text.setCharAt(random.nextInt(text.length()), "0123456789-:.TZ /+".charAt(random.nextInt(18)));
            }
            assertThat(EventTime.parse(text.toString()))
                    .as("%s, seed %d", text, seed)
                    .isEqualTo(reference(text.toString()));
        }
    }

    private static @Nullable Long reference(String text) {
        try {
            return OffsetDateTime.parse(text).toInstant().toEpochMilli();
        } catch (DateTimeParseException e) {
            return null;
        }
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0",
        "-0, 0",
        "1774747800125, 1774747800125",
        "1774747800125.99999999, 1774747800125",
        "1.774747800125e12, 1774747800125",
        "1.7747478001257e12, 1774747800125",
        "-1.5, -2",
        "-1, -1",
        "0.5, 0",
        "-0.5, -1",
        "1e-999999999, 0",
        "253402300799999, 253402300799999"
    })
    void truncatesNumbersToMilliseconds(String number, long time) {
        assertThat(EventTime.ofNumber(number)).isEqualTo(time);
    }

    @ParameterizedTest
    @ValueSource(strings = {"1e16", "-1e16", "1e999999999", "-1e999999999", "9223372036854775808", "253402300800000"})
    void distantNumbersAreOutOfRange(String number) {
        assertThat(EventTime.isInRange(EventTime.ofNumber(number))).isFalse();
    }

    @Test
    void parsesNumbersExactly() {
        long seed = 4;
        Random random = new Random(seed);
        for (int i = 0; i < 10_000; i++) {
            BigDecimal number = new BigDecimal(BigInteger.valueOf(random.nextLong() >>> 17), random.nextInt(5));
            assertThat(EventTime.ofNumber(number.toString()))
                    .as("%s, seed %d", number, seed)
                    .isEqualTo(number.longValue());
        }
    }
}
