package io.weir.metricconsumer.driver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.weir.metricconsumer.config.KafkaSettings;
import io.weir.metricconsumer.failure.KafkaUnavailableException;
import io.weir.metricconsumer.failure.StartRefusedException;
import io.weir.metricconsumer.run.RetentionRule;
import io.weir.metricconsumer.topic.TopicConfiguration;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class TopicCheckTest {

    private static final KafkaSettings SETTINGS =
            new KafkaSettings("127.0.0.1:9092", "readings", 4, 1, Duration.ofHours(750), "read_committed");
    private static final RetentionRule FOREVER = new RetentionRule(null, null, Duration.ofMinutes(10), null);
    private static final TopicConfiguration VALID = TopicConfiguration.created(SETTINGS);
    private static final TopicConfiguration COMPACTED = new TopicConfiguration("compact", "LogAppendTime", 1, 1);

    /** The configurations that the next checks find. */
    private final BlockingQueue<Supplier<TopicConfiguration>> found = new LinkedBlockingQueue<>();

    private final TopicCheck check = new TopicCheck(SETTINGS, FOREVER, this::next, Duration.ofNanos(1));

    @Test
    void aTopicThatBecomesCompactedStopsThePipeline() throws InterruptedException {
        CountDownLatch second = new CountDownLatch(2);
        for (int i = 0; i < 2; i++) {
            found.add(() -> {
                second.countDown();
                return VALID;
            });
        }
        check.start();
        second.await();
        assertThat(check.shouldStop()).isFalse();
        check.throwIfStopped();
        found.add(() -> COMPACTED);
        awaitEnd();
        assertThat(check.shouldStop()).isTrue();
        assertThatExceptionOfType(StartRefusedException.class)
                .isThrownBy(check::throwIfStopped)
                .withMessageStartingWith("the topic readings is compacted");
    }

    @Test
    void anUnavailableKafkaIsAskedAgain() throws InterruptedException {
        CountDownLatch again = new CountDownLatch(1);
        found.add(() -> {
            throw new KafkaUnavailableException("no answer", null);
        });
        found.add(() -> {
            again.countDown();
            return VALID;
        });
        check.start();
        again.await();
        assertThat(check.shouldStop()).isFalse();
        found.add(() -> COMPACTED);
        awaitEnd();
        assertThat(check.shouldStop()).isTrue();
    }

    @Test
    void closeEndsTheChecks() throws InterruptedException {
        CountDownLatch asking = new CountDownLatch(1);
        CountDownLatch resume = new CountDownLatch(1);
        found.add(() -> {
            asking.countDown();
            try {
                resume.await();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
            return VALID;
        });
        check.start();
        asking.await();
        check.close();
        check.close();
        resume.countDown();
        awaitEnd();
    }

    @Test
    void aCheckThatWasClosedAsksNothing() throws InterruptedException {
        check.close();
        check.start();
        awaitEnd();
        assertThat(check.shouldStop()).isFalse();
    }

    private TopicConfiguration next() {
        try {
            return found.take().get();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Waits until the thread of the check has ended. */
    private static void awaitEnd() throws InterruptedException {
        for (Thread thread : Thread.getAllStackTraces().keySet()) {
            if (thread.getName().equals("check of the topic readings")) {
                thread.join();
            }
        }
    }
}
