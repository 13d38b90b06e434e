package io.weir.metricconsumer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class FlusherTest {

    private static final Duration AT_ONCE = Duration.ofNanos(1);

    @Test
    void worksAgainAndAgain() throws InterruptedException {
        CountDownLatch times = new CountDownLatch(3);
        try (Flusher flusher = new Flusher(times::countDown, AT_ONCE)) {
            times.await();
            assertThat(flusher.failure()).isNull();
        }
    }

    @Test
    void aFailureStopsItAndInterruptsTheTask() {
        IllegalStateException failure = new IllegalStateException("the tables are away");
        AtomicInteger times = new AtomicInteger();
        Runnable work = () -> {
            times.incrementAndGet();
            throw failure;
        };
        try (Flusher flusher = new Flusher(work, AT_ONCE)) {
            assertThatExceptionOfType(InterruptedException.class).isThrownBy(() -> new CountDownLatch(1).await());
            assertThat(flusher.failure()).isSameAs(failure);
        }
        assertThat(times).hasValue(1);
    }

    @Test
    void closingWaitsForWhatIsBeingDone() throws InterruptedException {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        AtomicBoolean done = new AtomicBoolean();
        Flusher flusher = new Flusher(
                () -> {
                    begun.countDown();
                    awaitUninterrupted(goOn);
                    done.set(true);
                },
                AT_ONCE);
        begun.await();
        Thread.currentThread().interrupt(); // a task that is killed closes all the same
        Thread helper = new Thread(goOn::countDown);
        helper.start();
        flusher.close();
        assertThat(done).isTrue();
        assertThat(Thread.interrupted()).isTrue();
    }

    @Test
    void interruptingFailsWhatIsBeingDone() throws InterruptedException {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch interrupted = new CountDownLatch(1);
        Flusher flusher = new Flusher(
                () -> {
                    begun.countDown();
                    try {
                        new CountDownLatch(1).await();
                    } catch (InterruptedException e) {
                        interrupted.countDown();
                    }
                },
                AT_ONCE);
        begun.await();
        flusher.interrupt();
        assertThat(interrupted.await(30, TimeUnit.SECONDS)).isTrue();
        flusher.close();
    }

    private static void awaitUninterrupted(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
