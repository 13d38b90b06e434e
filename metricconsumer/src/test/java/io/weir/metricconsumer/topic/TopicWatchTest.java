package io.weir.metricconsumer.topic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.weir.metricconsumer.failure.StartRefusedException;
import io.weir.storage.source.SourceId;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class TopicWatchTest {

    private static final SourceId SOURCE = new SourceId(7, "readings", "id", 3);
    private static final SourceId LATER_SOURCE = new SourceId(8, "readings", "other", 3);

    private final FakeLog log = new FakeLog();
    private final TopicWatch watch = new TopicWatch(log);
    private final AtomicInteger confirmed = new AtomicInteger();

    @Test
    void everyCheckAsksKafkaAgain() {
        watch.requireUnchanged(SOURCE);
        watch.requireUnchanged(SOURCE);
        assertThat(log.idsAsked).isEqualTo(2);
    }

    /** The answer to the first request does not count: the others may have read records after it was sent. */
    @Test
    void checksThatWaitTogetherShareTheNextRequest() throws InterruptedException {
        CountDownLatch asking = new CountDownLatch(1);
        CountDownLatch answer = new CountDownLatch(1);
        log.whenAsked = () -> {
            asking.countDown();
            try {
                answer.await();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        };
        Thread first = check();
        asking.await();
        List<Thread> waiting = List.of(check(), check(), check());
        while (!waiting.stream().allMatch(thread -> thread.getState() == Thread.State.BLOCKED)) {
            Thread.onSpinWait();
        }
        answer.countDown();
        first.join();
        for (Thread thread : waiting) {
            thread.join();
        }
        assertThat(log.idsAsked).isEqualTo(2);
        assertThat(confirmed).hasValue(4);
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

    private Thread check() {
        Thread thread = new Thread(() -> {
            watch.requireUnchanged(SOURCE);
            confirmed.incrementAndGet();
        });
        thread.start();
        return thread;
    }
}
