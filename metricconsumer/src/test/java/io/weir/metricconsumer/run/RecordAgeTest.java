package io.weir.metricconsumer.run;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.weir.core.fold.port.LogRecord;
import io.weir.metricconsumer.failure.StartRefusedException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class RecordAgeTest {

    private static final Instant NOW = Instant.parse("2026-03-29T12:00:00Z");
    private static final RecordAge ONE_HOUR = age(Duration.ofHours(1));
    private static final RecordAge UNLIMITED = age(null);

    @Test
    void refusesRecordsOlderThanTheLimit() {
        assertThatCode(() -> ONE_HOUR.requireRecent(records("2026-03-29T11:00:00Z", "2026-03-29T13:00:00Z")))
                .doesNotThrowAnyException();
        assertThatExceptionOfType(StartRefusedException.class)
                .isThrownBy(() -> ONE_HOUR.requireRecent(records("2026-03-29T11:30:00Z", "2026-03-29T10:59:59.999Z")))
                .withMessageStartingWith(
                        "a record of t at offset 1 has the timestamp 2026-03-29T10:59:59.999Z; expected"
                                + " 2026-03-29T11:00:00Z or later");
    }

    @Test
    void refusesProducerTimestampsIfThereIsALimit() {
        assertThatCode(() -> ONE_HOUR.requireBrokerTimestamp(true, 5)).doesNotThrowAnyException();
        assertThatExceptionOfType(StartRefusedException.class)
                .isThrownBy(() -> ONE_HOUR.requireBrokerTimestamp(false, 5))
                .withMessageStartingWith("a record of t at offset 5 has a timestamp that its producer has set");
    }

    @Test
    void acceptsAnyRecordWithoutALimit() {
        assertThatCode(() -> UNLIMITED.requireRecent(records("1970-01-01T00:00:00Z")))
                .doesNotThrowAnyException();
        assertThatCode(() -> UNLIMITED.requireBrokerTimestamp(false, 5)).doesNotThrowAnyException();
    }

    private static RecordAge age(Duration maxAge) {
        return new RecordAge("t", maxAge, Clock.fixed(NOW, ZoneOffset.UTC));
    }

    private static List<LogRecord> records(String... times) {
        return Arrays.stream(times)
                .map(Instant::parse)
                .map(time ->
                        new LogRecord(Arrays.asList(times).indexOf(time.toString()), time.toEpochMilli(), null, null))
                .toList();
    }
}
