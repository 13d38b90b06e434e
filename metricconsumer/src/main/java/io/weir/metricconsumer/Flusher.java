package io.weir.metricconsumer;

import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Does something again and again beside a task, until that ends. When it fails it stops, keeps the failure, and
 * interrupts the task, which may be waiting for a record that does not come.
 */
final class Flusher implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Flusher.class);

    private final Thread task = Thread.currentThread();
    private final Runnable work;
    private final ScheduledExecutorService thread;
    private final Future<?> schedule;
    private volatile @Nullable RuntimeException failure;

    Flusher(Runnable work, Duration delay) {
        this.work = work;
        this.thread = Executors.newSingleThreadScheduledExecutor(runnable -> {
            Thread started = new Thread(runnable, "flusher of " + task.getName());
            started.setDaemon(true);
            return started;
        });
        this.schedule =
                thread.scheduleWithFixedDelay(this::run, delay.toNanos(), delay.toNanos(), TimeUnit.NANOSECONDS);
    }

    /** Null while all is well. */
    @Nullable
    RuntimeException failure() {
        return failure;
    }

    /** Interrupts what is being done, which fails. */
    void interrupt() {
        thread.shutdownNow();
    }

    /** Returns when what is being done is done. */
    @Override
    public void close() {
        schedule.cancel(false);
        thread.shutdown();
        boolean interrupted = false;
        while (!isTerminated()) {
            interrupted |= Thread.interrupted();
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean isTerminated() {
        try {
            return thread.awaitTermination(1, TimeUnit.MINUTES);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private void run() {
        try {
            work.run();
        } catch (RuntimeException e) {
            LOG.warn("the task fails: what had come could not be applied", e);
            failure = e;
            schedule.cancel(false);
            task.interrupt();
        }
    }
}
