package io.weir.metricconsumer;

import io.weir.core.fold.Fold;
import io.weir.core.fold.LogRecord;
import io.weir.core.fold.TablesException;
import io.weir.storage.Retirement;
import io.weir.storage.SourceId;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The right of one task to apply records to a query's fold of a source: one owner in a process. */
final class SourceLease implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(SourceLease.class);

    private final SourceId source;
    private final Fold fold;
    private final RecordCheck check;
    private final Function<SourceId, Optional<Retirement>> retirements;
    private final FlushSchedule schedule;
    private final Semaphore free = new Semaphore(1);
    private boolean flushing;
    private volatile boolean betweenTasks;
    private volatile boolean failedBetweenTasks;
    private volatile boolean revoked;

    /**
     * @param retirements returns how a source has ended, if it has
     * @param schedule of flushes while records are applied, and between tasks
     */
    SourceLease(
            SourceId source,
            Fold fold,
            RecordCheck check,
            Function<SourceId, Optional<Retirement>> retirements,
            FlushSchedule schedule) {
        this.source = source;
        this.fold = fold;
        this.check = check;
        this.retirements = retirements;
        this.schedule = schedule;
    }

    /** Waits until the last owner has given the source back; returns false if it does not in time. */
    boolean tryAcquire(long seconds) {
        try {
            return free.tryAcquire(seconds, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new TablesException("interrupted while waiting for the last owner of the source", e);
        }
    }

    /**
     * Opens the fold for a new owner.
     *
     * @throws TablesException if the tables cannot be reached
     */
    void begin() {
        fold.open();
    }

    /** Ends the ownership of a task that does not give the source back. Its successor takes another lease. */
    void revoke() {
        revoked = true;
    }

    /**
     * Requires a record's timestamp to be the broker's, if the retention of the tables depends on it.
     *
     * @throws StartRefusedException if the producer has set it
     */
    void requireTimedByBroker(boolean timedByBroker, long offset) {
        check.requireTimedByBroker(timedByBroker, offset);
    }

    /**
     * Applies records that the caller has read, if they pass the {@link RecordCheck}.
     *
     * @throws StartRefusedException if they do not; nothing of them is applied then
     */
    void apply(List<LogRecord> records) {
        requireOwnership();
        check.require(source, records);
        fold.apply(records);
        schedule.applied(System.nanoTime());
    }

    /** Waits until the raw rows of all that was applied are durable. */
    void awaitReadings() {
        requireOwnership();
        fold.awaitReadings();
    }

    boolean hasReadingsInFlight() {
        requireOwnership();
        return fold.hasReadingsInFlight();
    }

    /** @throws StartRefusedException if the source was retired; nothing is flushed then */
    void flush() {
        requireOwnership();
        requireLive();
        fold.flush();
        failedBetweenTasks = false;
    }

    /**
     * Begins a flush, or a part of one, that is due, or goes on with what is under way without waiting for it.
     *
     * @throws StartRefusedException if the source was retired; nothing is flushed then
     */
    void flushIfDue() {
        requireOwnership();
        if (flushing) {
            flushing = !fold.tryCompleteFlush();
            if (!flushing) {
                schedule.ended(System.nanoTime());
            }
            return;
        }
        double share = schedule.next(System.nanoTime());
        if (share != FlushSchedule.NOTHING) {
            requireLive();
            fold.beginFlush(share);
            flushing = true;
        }
    }

    /**
     * Whether a flush between tasks has failed and none has succeeded since. The next task must flush what it applies: its
     * failure is seen by the query, and by those who watch it.
     */
    boolean hasFailedBetweenTasks() {
        return failedBetweenTasks;
    }

    /**
     * Goes on flushing while no task has the source. Of a failure, the next task learns when it opens the fold: its
     * records do not follow the ledger then.
     */
    void flushIfDueBetweenTasks() {
        betweenTasks(0, this::flushIfDue);
    }

    /** Flushes all that was applied, when the task that has the source has given it back, or never. */
    void flushBetweenTasks(long seconds) {
        betweenTasks(seconds, this::flush);
    }

    private void betweenTasks(long seconds, Runnable work) {
        if (!tryAcquire(seconds)) {
            return;
        }
        betweenTasks = true;
        try {
            if (!revoked && fold.isOpen()) {
                work.run();
            }
        } catch (RuntimeException e) {
            failedBetweenTasks = true;
            LOG.warn(
                    "source {} ({} partition {}): rollups and ledger of records that were applied cannot be written; the records"
                            + " are read again",
                    source.number(),
                    source.topic(),
                    source.partition(),
                    e);
        } finally {
            betweenTasks = false;
            close();
        }
    }

    /** Whether a flush between tasks has the source: it ends by itself, as long as Cassandra keeps answering. */
    boolean isFlushedBetweenTasks() {
        return betweenTasks;
    }

    /**
     * Requires that the source has not ended.
     *
     * @throws StartRefusedException if it was retired
     */
    void requireLive() {
        retirements.apply(source).ifPresent(retirement -> {
            throw new StartRefusedException("source " + source.number() + " (" + source.topic() + " partition "
                    + source.partition() + ") is retired: " + retirement.sentence());
        });
    }

    /** Closes the prefix that was applied before something else failed, for example because the task was killed. */
    void flushAfterFailure() {
        if (revoked || !fold.isOpen()) {
            return;
        }
        boolean interrupted = Thread.interrupted();
        try {
            requireLive();
            fold.flush();
        } catch (TablesException | StartRefusedException e) {
            LOG.warn("records that were applied before the failure are not flushed: {}", e.toString());
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    @Override
    public void close() {
        free.release();
    }

    private void requireOwnership() {
        if (revoked) {
            throw new TablesException("another task has taken over the source");
        }
    }
}
