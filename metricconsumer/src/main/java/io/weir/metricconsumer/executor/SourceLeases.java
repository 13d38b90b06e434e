package io.weir.metricconsumer.executor;

import io.weir.core.fold.port.TablesException;
import io.weir.metricconsumer.failure.StartRefusedException;
import io.weir.storage.run.FeedQuery;
import io.weir.storage.source.SourceId;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The leases of one run in an executor, one for each source and query, so that a task continues where the previous one
 * ended. Runs the due flushes between tasks. Thread-safe.
 */
final class SourceLeases implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(SourceLeases.class);

    /** The time between two checks for due flushes between tasks. */
    private static final long FLUSHER_MILLIS = 50;

    private final Predicate<FeedQuery> isFlushDeferred;
    private final long acquireSeconds;
    private final Map<Map.Entry<SourceId, FeedQuery>, SourceLease> leases = new ConcurrentHashMap<>();
    private final ScheduledExecutorService flusher;
    private final Future<?> flushes;

    /**
     * @param isFlushDeferred returns whether a query's rollups are flushed between tasks, too
     * @param acquireSeconds how long a task waits for the previous task of its source, before it takes the source over
     * @param flusher runs the flushes between tasks; is shut down with this object
     */
    SourceLeases(Predicate<FeedQuery> isFlushDeferred, long acquireSeconds, ScheduledExecutorService flusher) {
        this.isFlushDeferred = isFlushDeferred;
        this.acquireSeconds = acquireSeconds;
        this.flusher = flusher;
        this.flushes =
                flusher.scheduleWithFixedDelay(this::flushIfDue, FLUSHER_MILLIS, FLUSHER_MILLIS, TimeUnit.MILLISECONDS);
    }

    /**
     * Acquires the lease of a source for one task of a query, with its fold open.
     *
     * @param create returns a new lease, if the source has none or its owner does not release it
     * @throws TablesException if the tables cannot be reached, or the run has ended in this process
     * @throws StartRefusedException if the source was retired
     */
    SourceLease acquire(SourceId source, FeedQuery query, Supplier<SourceLease> create) {
        if (flusher.isShutdown()) {
            throw new TablesException(
                    "the run has ended in this process: it applies no more records of " + source.topic());
        }
        if (flushes.isDone()) {
            throw new IllegalStateException(
                    "the flusher of this process has ended with an error (see its log): restart the process");
        }
        SourceLease lease = acquire(Map.entry(source, query), create);
        try {
            lease.requireLive();
            lease.open();
        } catch (RuntimeException | Error e) {
            lease.close();
            throw e;
        }
        return lease;
    }

    private SourceLease acquire(Map.Entry<SourceId, FeedQuery> key, Supplier<SourceLease> create) {
        while (true) {
            SourceLease lease = leases.computeIfAbsent(key, absent -> create.get());
            boolean acquired = lease.tryAcquire(acquireSeconds);
            while (!acquired && lease.isFlushingBetweenTasks()) {
                acquired = lease.tryAcquire(acquireSeconds);
            }
            if (acquired) {
                return lease;
            }
            SourceId source = key.getKey();
            LOG.warn(
                    "a task has not released {} partition {} for {} s: the next task takes the source over",
                    source.topic(),
                    source.partition(),
                    acquireSeconds);
            lease.revoke();
            SourceLease next = create.get();
            next.tryAcquire(0); // before the flusher, or another task, can see it
            if (leases.replace(key, lease, next)) {
                return next;
            }
            // Another task has taken the source over first: wait for that one.
        }
    }

    /** Flushes everything that was applied. Waits up to the given seconds for each task that still runs. */
    void flush(long seconds) {
        leases.values().forEach(lease -> lease.flushBetweenTasks(seconds));
    }

    /** Returns the heap bytes of all cached rows. */
    long cacheBytes() {
        return leases.values().stream().mapToLong(SourceLease::cacheBytes).sum();
    }

    /** Stops the flushes between tasks, and makes tasks that still run fail. */
    @Override
    public void close() {
        flusher.shutdown();
        leases.values().forEach(SourceLease::revoke);
    }

    /** Runs the due flushes between tasks. Folds without deferred flushes have none. */
    private void flushIfDue() {
        try {
            leases.forEach((key, lease) -> {
                if (isFlushDeferred.test(key.getValue())) {
                    lease.flushIfDueBetweenTasks();
                }
            });
        } catch (RuntimeException | Error e) {
            LOG.error("the flusher ends with an error; this process can no longer write rollups and ledgers", e);
            throw e;
        }
    }
}
