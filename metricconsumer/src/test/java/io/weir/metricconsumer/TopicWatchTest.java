package io.weir.metricconsumer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.weir.storage.SourceId;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class TopicWatchTest {

    private static final SourceId SOURCE = new SourceId(7, "readings", "id", 3);
    private static final SourceId LATER_SOURCE = new SourceId(8, "readings", "other", 3);

    private final FakeLog log = new FakeLog();
    private final TopicWatch watch = new TopicWatch(log);

    @Test
    void everyRequestAsksKafkaAgain() {
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
                .withMessage("the topic readings had the id id when the query began, and now is another one with the id"
                        + " other: nothing that was read since is applied");
        watch.requireUnchanged(LATER_SOURCE);
    }

    @Test
    void aTopicThatIsGoneIsRefused() {
        log.id = Optional.empty();
        assertThatExceptionOfType(StartRefusedException.class)
                .isThrownBy(() -> watch.requireUnchanged(SOURCE))
                .withMessageContaining("is gone: nothing that was read since is applied");
    }

    @Test
    void theLogIsClosedWithTheWatch() {
        watch.close();
        assertThat(log.isClosed).isTrue();
    }
}
