package io.weir.metricconsumer.topic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.weir.metricconsumer.failure.StartRefusedException;
import io.weir.storage.source.SourceId;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class TopicWatchTest {

    private static final SourceId SOURCE = new SourceId(7, "readings", "id", 3);
    private static final SourceId LATER_SOURCE = new SourceId(8, "readings", "other", 3);

    private final FakeLog log = new FakeLog();
    private final TopicWatch watch = new TopicWatch(log);

    @Test
    void everyCheckAsksKafkaAgain() {
        watch.requireUnchanged(SOURCE);
        watch.requireUnchanged(SOURCE);
        assertThat(log.idsAsked).isEqualTo(2);
    }

    @Test
    void aTopicWithAnotherIdIsRefused() {
        watch.requireUnchanged(SOURCE);
        log.id = Optional.of("other");
        assertThatExceptionOfType(StartRefusedException.class)
                .isThrownBy(() -> watch.requireUnchanged(SOURCE))
                .withMessage(
                        "the topic readings had the id id when the query started, and is now another topic with the"
                                + " id other: no records that were read since are applied");
        watch.requireUnchanged(LATER_SOURCE);
    }

    @Test
    void aMissingTopicIsRefused() {
        log.id = Optional.empty();
        assertThatExceptionOfType(StartRefusedException.class)
                .isThrownBy(() -> watch.requireUnchanged(SOURCE))
                .withMessageContaining("is gone: no records that were read since are applied");
    }

    @Test
    void theLogIsClosedWithTheWatch() {
        watch.close();
        assertThat(log.isClosed).isTrue();
    }
}
