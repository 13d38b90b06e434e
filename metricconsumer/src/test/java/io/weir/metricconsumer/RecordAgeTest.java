package io.weir.metricconsumer;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.weir.core.fold.LogRecord;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class RecordAgeTest {

    private static final Instant NOW = Instant.parse("2026-03-29T12:00:00Z");
    private static final RecordAge HOUR = age(Duration.ofHours(1));
    private static final RecordAge ANY = age(null);

    @Test
    void refusesWhatIsOlderThanTheBound() {
        assertThatCode(() -> HOUR.require(records("2026-03-29T11:00:00Z", "2026-03-29T13:00:00Z")))
                .doesNotThrowAnyException();
        assertThatExceptionOfType(StartRefusedException.class)
                .isThrownBy(() -> HOUR.require(records("2026-03-29T11:30:00Z", "2026-03-29T10:59:59.999Z")))
                .withMessageStartingWith("a record of t at offset 1 is of 2026-03-29T10:59:59.999Z; expected"
                        + " 2026-03-29T11:00:00Z or later");
    }

    @Test
    void refusesTimestampsOfProducersWhereThereIsABound() {
        assertThatCode(() -> HOUR.requireTimedByBroker(true, 5)).doesNotThrowAnyException();
        assertThatExceptionOfType(StartRefusedException.class)
                .isThrownBy(() -> HOUR.requireTimedByBroker(false, 5))
                .withMessageStartingWith("a record of t at offset 5 has a timestamp that its producer has set");
    }

    @Test
    void takesAnythingWhereNothingExpires() {
        assertThatCode(() -> ANY.require(records("1970-01-01T00:00:00Z"))).doesNotThrowAnyException();
        assertThatCode(() -> ANY.requireTimedByBroker(false, 5)).doesNotThrowAnyException();
    }

    private static RecordAge age(Duration longest) {
        return new RecordAge("t", longest, Clock.fixed(NOW, ZoneOffset.UTC));
    }

    private static List<LogRecord> records(String... times) {
        return Arrays.stream(times)
                .map(Instant::parse)
                .map(time ->
                        new LogRecord(Arrays.asList(times).indexOf(time.toString()), time.toEpochMilli(), null, null))
                .toList();
    }
}
