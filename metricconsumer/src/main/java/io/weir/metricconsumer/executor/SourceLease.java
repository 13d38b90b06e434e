package io.weir.metricconsumer.executor;

import io.weir.core.fold.engine.Fold;
import io.weir.core.fold.engine.FoldStatistics;
import io.weir.core.fold.port.LogRecord;
import io.weir.core.fold.port.TablesException;
import io.weir.metricconsumer.failure.StartRefusedException;
import io.weir.storage.source.Retirement;
import io.weir.storage.source.SourceId;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The exclusive right of one task in this process to apply records to a query's fold of a source. Between tasks, it
 * also runs the deferred flushes of that fold.
 */
final class SourceLease implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(SourceLease.class);

    private final SourceId source;
    private final Fold fold;
    private final RecordCheck check;
    private final Function<SourceId, Optional<Retirement>> retirements;
    private final FlushSchedule schedule;
    private final FoldMeters meters;
    private final Semaphore free = new Semaphore(1);
    private boolean flushing;
    private long flushBegan;
    private volatile boolean betweenTasks;
    private volatile boolean failedBetweenTasks;
    private volatile boolean revoked;

    /**
     * @param retirements returns a source's retirement, if it was retired
     * @param schedule when to flush while records are applied, and between tasks
     * @param meters the meters of the fold
     */
    SourceLease(
            SourceId source,
            Fold fold,
            RecordCheck check,
            Function<SourceId, Optional<Retirement>> retirements,
            FlushSchedule schedule,
            FoldMeters meters) {
        this.source = source;
        this.fold = fold;
        this.check = check;
        this.retirements = retirements;
        this.schedule = schedule;
        this.meters = meters;
    }

    /**
     * Acquires the lease; returns false if its owner does not release it in time.
     *
     * @throws TablesException if the thread is interrupted while it waits
     */
    boolean tryAcquire(long seconds) {
        try {
            return free.tryAcquire(seconds, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new TablesException("interrupted while waiting for the previous owner of the source", e);
        }
    }

    /**
     * Opens the fold for a new owner.
     *
     * @throws TablesException if the tables cannot be reached
     */
    void open() {
        fold.open();
    }

    /**
     * Revokes the lease from a task that does not release it: its further calls fail. The next task uses another lease.
     */
    void revoke() {
        revoked = true;
    }

    /**
     * Requires the broker's timestamp on a record if the retention of the tables depends on it.
     *
     * @throws StartRefusedException if the producer has set the timestamp
     */
    void requireBrokerTimestamp(boolean isBrokerTimestamp, long offset) {
        check.requireBrokerTimestamp(isBrokerTimestamp, offset);
    }

    /**
     * Applies records that the caller has read, if they pass the {@link RecordCheck}. Flushes the fold if it exceeds
     * its memory, so that only running tasks can exceed it.
     *
     * @throws StartRefusedException if they do not pass; then none of them is applied
     */
    void apply(List<LogRecord> records) {
        requireOwnership();
        check.requireApplicable(source, records);
        FoldStatistics before = fold.statistics();
        long began = System.nanoTime();
        fold.apply(records);
        long now = System.nanoTime();
        meters.recordChunk(now - began, before, fold.statistics());
        schedule.onApplied(now);
        if (fold.exceedsMemory()) {
            flush(); // the schedule may leave the rows for a long time, in the folds of many partitions at once
        }
    }

    /** Waits until the raw rows of all applied records are durable. */
    void awaitReadings() {
        requireOwnership();
        fold.awaitReadings();
    }

    boolean hasReadingsInFlight() {
        requireOwnership();
        return fold.hasReadingsInFlight();
    }

    /**
     * Flushes everything that was applied.
     *
     * @throws StartRefusedException if the source was retired; then nothing is flushed
     */
    void flush() {
        requireOwnership();
        requireLive();
        flushAll();
        failedBetweenTasks = false;
    }

    /**
     * Begins the flush, or the part of one, that is due, or continues the one in progress as far as possible without
     * waiting.
     *
     * @throws StartRefusedException if the source was retired; then nothing is flushed
     */
    void flushIfDue() {
        requireOwnership();
        if (flushing) {
            flushing = false; // unless it continues: a flush that fails has ended
            if (fold.tryCompleteFlush()) {
                long now = System.nanoTime();
                meters.recordFlush(now - flushBegan);
                schedule.onFlushEnded(now);
            } else {
                flushing = true;
            }
            return;
        }
        double share = schedule.nextShare(System.nanoTime());
        if (share != FlushSchedule.NOTHING) {
            requireLive();
            flushBegan = System.nanoTime();
            fold.beginFlush(share);
            flushing = true;
        }
    }

    /**
     * Returns whether the last flush between tasks failed. If so, the next task must flush before it ends: the query
     * and its supervisor see the failure of a task, but not of a flush between tasks.
     */
    boolean hasFailedBetweenTasks() {
        return failedBetweenTasks;
    }

    /**
     * Begins or continues a due flush if no task owns the source. If it fails, the next task replays: when it opens the
     * fold, its records no longer follow the ledger.
     */
    void flushIfDueBetweenTasks() {
        runBetweenTasks(0, this::flushIfDue);
    }

    /**
     * Flushes everything that was applied, once the task that owns the source has released it; does nothing if that
     * takes longer than the given seconds.
     */
    void flushBetweenTasks(long seconds) {
        runBetweenTasks(seconds, this::flush);
    }

    private void runBetweenTasks(long seconds, Runnable work) {
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
                    "source {} ({} partition {}): cannot write rollups and ledger of applied records; these records"
                            + " will be replayed",
                    source.number(),
                    source.topic(),
                    source.partition(),
                    e);
        } finally {
            betweenTasks = false;
            close();
        }
    }

    /**
     * Returns whether a flush between tasks owns the source. Such a flush completes by itself as long as Cassandra
     * answers.
     */
    boolean isFlushingBetweenTasks() {
        return betweenTasks;
    }

    /**
     * Requires that the source is live.
     *
     * @throws StartRefusedException if it was retired
     */
    void requireLive() {
        retirements.apply(source).ifPresent(retirement -> {
            throw new StartRefusedException("source " + source.number() + " (" + source.topic() + " partition "
                    + source.partition() + ") is retired: " + retirement.sentence());
        });
    }

    /**
     * Flushes what was applied before a failure elsewhere, such as a killed task. Logs its own failures, which would
     * replace that one, and keeps the thread's interrupt status.
     */
    void flushAfterFailure() {
        if (revoked || !fold.isOpen()) {
            return;
        }
        boolean interrupted = Thread.interrupted();
        try {
            requireLive();
            flushAll();
        } catch (RuntimeException e) {
            LOG.warn("cannot flush the records that were applied before the failure; they will be replayed", e);
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

    /** Returns the heap bytes of the fold's cached rows after its last chunk. Thread-safe. */
    long cacheBytes() {
        return meters.cacheBytes();
    }

    private void flushAll() {
        long began = System.nanoTime();
        fold.flush();
        meters.recordFlush(System.nanoTime() - began);
    }

    private void requireOwnership() {
        if (revoked) {
            throw new TablesException("another task has taken over the source");
        }
    }
}
