package io.weir.metricconsumer.executor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.weir.core.fold.port.LogRecord;
import io.weir.metricconsumer.failure.StartRefusedException;
import io.weir.metricconsumer.run.RecordAge;
import io.weir.storage.source.SourceId;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class RecordCheckTest {

    private static final Instant NOW = Instant.parse("2026-03-29T12:00:00Z");
    private static final SourceId SOURCE = new SourceId(1, "readings", "id", 0);

    private final List<String> asked = new ArrayList<>();
    private boolean isOpen = true;
    private boolean isSameTopic = true;
    private final RecordCheck check = new RecordCheck(
            "readings",
            () -> {
                asked.add("run");
                return () -> {
                    asked.add("answer");
                    return isOpen;
                };
            },
            source -> {
                assertThat(source).isEqualTo(SOURCE);
                asked.add("topic");
                if (!isSameTopic) {
                    throw new StartRefusedException("another topic");
                }
            },
            new RecordAge("readings", Duration.ofHours(1), Clock.fixed(NOW, ZoneOffset.UTC)));

    @Test
    void recordsThatPassAllChecksMayBeApplied() {
        require(NOW);
        assertThat(asked).containsExactly("run", "topic", "answer");
    }

    @Test
    void everyChunkIsChecked() {
        require(NOW);
        isOpen = false;
        assertRefused(NOW, "another pipeline has taken over the topic readings");
    }

    @Test
    void recordsOfAnotherTopicAreRefused() {
        isSameTopic = false;
        assertRefused(NOW, "another topic");
    }

    @Test
    void recordsThatAreTooOldAreRefused() {
        assertRefused(NOW.minus(Duration.ofHours(2)), "a record of readings at offset 7");
    }

    @Test
    void producerTimestampsAreRefused() {
        check.requireBrokerTimestamp(true, 7);
        assertThatExceptionOfType(StartRefusedException.class).isThrownBy(() -> check.requireBrokerTimestamp(false, 7));
    }

    private void require(Instant time) {
        check.requireApplicable(SOURCE, List.of(new LogRecord(7, time.toEpochMilli(), null, null)));
    }

    private void assertRefused(Instant time, String message) {
        assertThatExceptionOfType(StartRefusedException.class)
                .isThrownBy(() -> require(time))
                .withMessageStartingWith(message);
    }
}
