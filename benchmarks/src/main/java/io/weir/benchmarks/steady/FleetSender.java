package io.weir.benchmarks.steady;

import io.weir.benchmarks.measured.NotMeasuredException;
import io.weir.metricproducer.Publisher;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Sends the records of a fleet at their due times in a separate thread, until all are sent or it is stopped. Never
 * lowers the rate: if Kafka does not accept the records in time, they are sent late, and {@link #late} counts them.
 */
final class FleetSender implements AutoCloseable {

    private static final long TICK_NANOS = TimeUnit.MILLISECONDS.toNanos(5);

    /** A record that is sent later than this after its due time is late. */
    static final Duration PUNCTUAL = Duration.ofSeconds(1);

    /** The time to wait after the last record is due. */
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    private final FleetLoad load;
    private final FleetSchedule schedule;
    private final FleetRecords records;
    private final Publisher publisher;
    private final long beganNanos;
    private final FutureTask<Void> task = new FutureTask<>(this::send, null);
    private volatile boolean stopped;
    private volatile long sent;
    private volatile long late;
    private volatile long cpuNanos;

    private FleetSender(FleetLoad load, FleetSchedule schedule, Publisher publisher, long beganNanos) {
        this.load = load;
        this.schedule = schedule;
        this.records = new FleetRecords(load.fleet(), schedule);
        this.publisher = publisher;
        this.beganNanos = beganNanos;
    }

    /** @param beganNanos the due time of the first record, by {@link System#nanoTime} */
    static FleetSender start(FleetLoad load, FleetSchedule schedule, Publisher publisher, long beganNanos) {
        FleetSender sender = new FleetSender(load, schedule, publisher, beganNanos);
        Thread thread = new Thread(sender.task, "fleet");
        thread.setDaemon(true);
        thread.start();
        return sender;
    }

    /** Returns the number of records sent so far, without copies. */
    long sent() {
        return sent;
    }

    /** Returns the number of records that were sent later than {@link #PUNCTUAL} after their due time. */
    long late() {
        return late;
    }

    /** Returns the CPU time of its thread, without that of the Kafka client. */
    Duration cpu() {
        return Duration.ofNanos(cpuNanos);
    }

    /**
     * Waits until Kafka has acknowledged all records.
     *
     * @throws NotMeasuredException if that takes too long
     * @throws io.weir.metricproducer.PublishException if they cannot be delivered
     */
    void await() throws InterruptedException {
        long end = beganNanos + schedule.dueNanos(load.records()) + PATIENCE.toNanos();
        try {
            task.get(Math.max(0, end - System.nanoTime()), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            throw new NotMeasuredException("the fleet has sent " + sent + " of " + load.records() + " records "
                    + PATIENCE.toSeconds() + " s after the last was due");
        } catch (ExecutionException e) {
            throw e.getCause() instanceof RuntimeException failure ? failure : new IllegalStateException(e);
        }
    }

    /** Throws the failure of the sender, if it has failed. */
    void requireAlive() throws InterruptedException {
        if (task.isDone()) {
            await();
        }
    }

    private void send() {
        long all = load.records();
        long next = 0;
        long tooLate = 0;
        while (next < all && !stopped) {
            long elapsed = System.nanoTime() - beganNanos;
            long due = Math.min(all, schedule.recordsDue(elapsed));
            long punctual = schedule.recordsDue(elapsed - PUNCTUAL.toNanos());
            tooLate += Math.max(0, Math.min(due, punctual) - next);
            for (; next < due; next++) {
                send(next);
            }
            late = tooLate;
            sent = next;
            cpuNanos = THREADS.getCurrentThreadCpuTime();
            sleepUntil(beganNanos + elapsed + TICK_NANOS);
        }
        publisher.flush();
    }

    private void send(long record) {
        byte[] key = records.key(record);
        byte[] value = records.value(record);
        publisher.send(key, value);
        if (load.isSentTwice(record)) {
            publisher.send(key, value);
        }
    }

    private void sleepUntil(long nanos) {
        try {
            TimeUnit.NANOSECONDS.sleep(nanos - System.nanoTime());
        } catch (InterruptedException e) {
            stopped = true;
            Thread.currentThread().interrupt();
        }
    }

    /** Stops sending. */
    @Override
    public void close() {
        stopped = true;
    }
}
