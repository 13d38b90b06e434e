package io.weir.core.reading;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReadingRulesTest {

    private static final long RECORD_TIME = millis("2026-03-29T01:00:00Z");
    private static final ReadingRules ONE_DAY =
            new ReadingRules(Instant.parse("2000-01-01T00:00:00Z"), Duration.ofMinutes(10), Duration.ofDays(1));

    @Test
    void defaultsAreAsDocumented() {
        assertThat(ReadingRules.DEFAULT)
                .isEqualTo(new ReadingRules(Instant.parse("2000-01-01T00:00:00Z"), Duration.ofMinutes(10), null));
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, 1e100, -1e100, 1e-300})
    void acceptsMagnitudesUpToTheBound(double value) {
        assertThat(ReadingRules.DEFAULT.check(reading(RECORD_TIME, value), RECORD_TIME))
                .isNull();
    }

    @ParameterizedTest
    @ValueSource(doubles = {1.0000000000000002e100, -1.0000000000000002e100, Double.MAX_VALUE})
    void rejectsGreaterMagnitudes(double value) {
        assertRejected(ReadingRules.DEFAULT, reading(RECORD_TIME, value), RejectReason.OUT_OF_RANGE);
    }

    @Test
    void acceptsTheEarliestTimeAndRejectsTheOneBefore() {
        long earliest = millis("2000-01-01T00:00:00Z");
        assertThat(ReadingRules.DEFAULT.check(reading(earliest, 1), RECORD_TIME))
                .isNull();
        assertRejected(ReadingRules.DEFAULT, reading(earliest - 1, 1), RejectReason.TIME_OUT_OF_RANGE);
        assertRejected(ReadingRules.DEFAULT, reading(0, 1), RejectReason.TIME_OUT_OF_RANGE);
    }

    /** The milliseconds of an earlier or later time may not fit into a long, which would fail for every reading. */
    @ParameterizedTest
    @ValueSource(
            strings = {"-0001-12-31T23:59:59.999Z", "+10000-01-01T00:00:00Z", "-1000000000-01-01T00:00:00Z", "now"})
    void refusesEarliestTimesThatNoReadingCanHave(String text) {
        assertThatThrownBy(() -> ReadingRules.parseEarliest(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("years 0000 to 9999");
        assertThat(ReadingRules.parseEarliest("0000-01-01T00:00:00Z")).isEqualTo("0000-01-01T00:00:00Z");
        assertThat(ReadingRules.parseEarliest("9999-12-31T23:59:59.999Z")).isEqualTo("9999-12-31T23:59:59.999Z");
    }

    @Test
    void withoutRecordTimeTheOtherRulesStillApply() {
        ReadingRules rules = ONE_DAY.withoutRecordTime();
        for (long recordTime : new long[] {0, RECORD_TIME, millis("9999-12-31T00:00:00Z")}) {
            assertThat(rules.check(reading(millis("2000-01-01T00:00:00Z"), 1), recordTime))
                    .isNull();
            assertThat(rules.check(reading(millis("9999-12-31T23:59:59.999Z"), 1), recordTime))
                    .isNull();
            assertThat(rules.check(reading(millis("1999-12-31T23:59:59.999Z"), 1), recordTime))
                    .isNotNull();
            assertThat(rules.check(reading(RECORD_TIME, 1.1e100), recordTime)).isNotNull();
        }
    }

    @Test
    void futureBoundIsRelativeToTheRecord() {
        long bound = RECORD_TIME + Duration.ofMinutes(10).toMillis();
        assertThat(ReadingRules.DEFAULT.check(reading(bound, 1), RECORD_TIME)).isNull();
        assertRejected(ReadingRules.DEFAULT, reading(bound + 1, 1), RejectReason.TIME_OUT_OF_RANGE);
        assertThat(ReadingRules.DEFAULT.check(reading(bound + 1, 1), RECORD_TIME + 1))
                .isNull();
    }

    @Test
    void tooOldIsRelativeToTheRecord() {
        long bound = RECORD_TIME - Duration.ofDays(1).toMillis();
        assertThat(ONE_DAY.check(reading(bound, 1), RECORD_TIME)).isNull();
        assertRejected(ONE_DAY, reading(bound - 1, 1), RejectReason.TOO_OLD);
        assertThat(ReadingRules.DEFAULT.check(reading(bound - 1, 1), RECORD_TIME))
                .as("no limit by default")
                .isNull();
    }

    @Test
    void timesBeforeTheEarliestAreOutOfRangeNotTooOld() {
        assertRejected(ONE_DAY, reading(0, 1), RejectReason.TIME_OUT_OF_RANGE);
    }

    @Test
    void rejectionsNameWhatWasFoundAndExpectedAndContainTheReading() {
        Rejection rejection = ReadingRules.DEFAULT.check(reading(0, 1.5), RECORD_TIME);
        assertThat(rejection.detail()).contains("1970-01-01T00:00:00Z", "2000-01-01T00:00:00Z");
        assertThat(new String(rejection.payload(), UTF_8))
                .isEqualTo("{\"device\":\"d\",\"group\":\"g\",\"metric\":\"m\",\"time\":\"1970-01-01T00:00:00Z\","
                        + "\"value\":1.5}");
        assertThat(rejection.payloadSize()).isEqualTo(rejection.payload().length);
    }

    private static void assertRejected(ReadingRules rules, Reading reading, RejectReason reason) {
        Rejection rejection = rules.check(reading, RECORD_TIME);
        assertThat(rejection).isNotNull();
        assertThat(rejection.reason()).isEqualTo(reason);
    }

    private static Reading reading(long time, double value) {
        return new Reading("d", "g", "m", time, value);
    }

    private static long millis(String instant) {
        return Instant.parse(instant).toEpochMilli();
    }
}
