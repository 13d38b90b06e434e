package io.weir.metricconsumer.executor;

import io.weir.core.concurrent.DaemonThread;
import java.time.Duration;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Repeats work on its own thread beside a task. After a failure it stops, and interrupts the task, which may be blocked
 * waiting for a record. The work must keep its failure for the task.
 */
final class Flusher implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Flusher.class);

    private final Thread task = Thread.currentThread();
    private final Runnable work;
    private final ScheduledExecutorService thread;

    Flusher(Runnable work, Duration delay) {
        this.work = work;
        this.thread = DaemonThread.named("flusher of " + task.getName());
        var unused = thread.scheduleWithFixedDelay(this::run, delay.toNanos(), delay.toNanos(), TimeUnit.NANOSECONDS);
    }

    /** Interrupts the work in progress, which makes it fail. */
    void interrupt() {
        thread.shutdownNow();
    }

    /** Waits for the work in progress to complete, then stops. Keeps the thread's interrupt status. */
    @Override
    public void close() {
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
        } catch (Throwable e) { // an error as well: the scheduled executor would keep it to itself
            LOG.warn("the task fails, because its pending records could not be applied", e);
            task.interrupt();
            throw e; // ends the schedule
        }
    }
}
