package io.weir.metricconsumer.executor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class FlusherTest {

    private static final Duration NO_DELAY = Duration.ofNanos(1);

    @Test
    void repeatsItsWork() throws InterruptedException {
        CountDownLatch runs = new CountDownLatch(3);
        Flusher flusher = new Flusher(runs::countDown, NO_DELAY);
        runs.await();
        flusher.close();
    }

    @RepeatedTest(500) // the work may fail while the constructor still runs
    void aFailureStopsItAndInterruptsTheTask() {
        IllegalStateException failure = new IllegalStateException("the tables are away");
        AtomicInteger runs = new AtomicInteger();
        Runnable work = () -> {
            runs.incrementAndGet();
            throw failure;
        };
        Flusher flusher = new Flusher(work, NO_DELAY);
        assertThatExceptionOfType(InterruptedException.class).isThrownBy(() -> new CountDownLatch(1).await());
        flusher.close();
        assertThat(runs).hasValue(1);
    }

    /** A scheduled executor keeps the error of its work to itself. */
    @Test
    void anErrorStopsItAndInterruptsTheTask() {
        Runnable work = () -> {
            throw new OutOfMemoryError("Java heap space");
        };
        Flusher flusher = new Flusher(work, NO_DELAY);
        assertThatExceptionOfType(InterruptedException.class)
                .isThrownBy(() -> assertThat(new CountDownLatch(1).await(5, TimeUnit.SECONDS))
                        .as("interrupted")
                        .isTrue());
        flusher.close();
    }

    @Test
    void closeWaitsForTheWorkInProgress() throws InterruptedException {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch resume = new CountDownLatch(1);
        AtomicBoolean done = new AtomicBoolean();
        Flusher flusher = new Flusher(
                () -> {
                    begun.countDown();
                    awaitUninterrupted(resume);
                    done.set(true);
                },
                NO_DELAY);
        begun.await();
        Thread.currentThread().interrupt(); // a killed task waits as well
        Thread helper = new Thread(resume::countDown);
        helper.start();
        flusher.close();
        assertThat(done).isTrue();
        assertThat(Thread.interrupted()).isTrue();
    }

    @Test
    void interruptFailsTheWorkInProgress() throws InterruptedException {
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
                NO_DELAY);
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
