package io.weir.metricconsumer.driver;

import io.weir.metricconsumer.failure.FailureCause;
import io.weir.metricconsumer.failure.StartRefusedException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.spark.sql.streaming.StreamingQuery;
import org.apache.spark.sql.streaming.StreamingQueryProgress;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs one streaming query on its own thread, and restarts it with growing pauses when it fails, until it is stopped,
 * has caught up, must not continue, or has failed too often ({@link QueryFailures}).
 */
final class SupervisedQuery {

    private static final Logger LOG = LoggerFactory.getLogger(SupervisedQuery.class);

    private final String name;
    private final Callable<StreamingQuery> starter;
    private final boolean microBatches;
    private final QueryFailures failures;
    private final QueryMeters meters;
    private final BatchLog batches;
    private final RestartPause pause;
    private final CompletableFuture<@Nullable Void> started = new CompletableFuture<>();
    private final CompletableFuture<@Nullable Void> ended = new CompletableFuture<>();
    private final CountDownLatch stop = new CountDownLatch(1);
    private volatile @Nullable StreamingQuery running;

    /** The query that {@link #restart} has stopped last; its end, or failure, is not the query's own. */
    private volatile @Nullable StreamingQuery restarted;

    /**
     * @param name for log messages
     * @param microBatches whether the query runs in short batches, so that it can stop between two of them
     * @param failures counts failures since the last completed batch
     * @param meters counts failures and restarts
     * @param batches counts completed batches
     * @param pause the pauses before restarts
     */
    SupervisedQuery(
            String name,
            boolean microBatches,
            QueryFailures failures,
            QueryMeters meters,
            BatchLog batches,
            RestartPause pause,
            Callable<StreamingQuery> starter) {
        this.name = name;
        this.microBatches = microBatches;
        this.failures = failures;
        this.meters = meters;
        this.batches = batches;
        this.pause = pause;
        this.starter = starter;
    }

    /**
     * Starts the supervising thread.
     *
     * @param failOnFirstError whether a failure before the first start has succeeded ends the query, instead of a retry
     */
    void start(boolean failOnFirstError) {
        Thread thread = new Thread(() -> supervise(failOnFirstError), "supervisor of " + name);
        thread.setDaemon(true);
        thread.start();
    }

    boolean hasStarted() {
        return started.isDone() && !started.isCompletedExceptionally();
    }

    /**
     * Waits until the first start has succeeded, or until none will.
     *
     * @throws RuntimeException why no start succeeded
     */
    void awaitStarted() throws InterruptedException {
        await(started, Long.MAX_VALUE);
    }

    /**
     * Waits until the query has ended for good; returns false if that takes longer than the limit.
     *
     * @throws RuntimeException why the query must not continue
     */
    boolean awaitEnd(Duration limit) throws InterruptedException {
        return await(ended, limit.toNanos());
    }

    /** Stops the query, between two batches if the current one ends in time. Thread-safe; may be repeated. */
    void stop(Duration patience) throws InterruptedException {
        stop.countDown();
        StreamingQuery query = running;
        if (query == null) {
            return;
        }
        long deadline = System.nanoTime() + patience.toNanos();
        while (microBatches && query.isActive() && query.status().isTriggerActive() && System.nanoTime() < deadline) {
            TimeUnit.MILLISECONDS.sleep(5);
        }
        terminate(query);
    }

    /** Stops the query and restarts it from its ledger. Thread-safe. */
    void restart() {
        StreamingQuery query = running;
        if (query != null && query.isActive()) {
            restarted = query;
            terminate(query);
        }
    }

    /** Counts the batches that the running query has completed; the first resets the failure count. Thread-safe. */
    synchronized void recordProgress() {
        StreamingQuery query = running;
        if (query != null) {
            batches.add(recordSuccess(query), System.nanoTime());
        }
    }

    /** Returns the latest progress reports of a query. */
    private StreamingQueryProgress[] recordSuccess(StreamingQuery query) {
        StreamingQueryProgress[] recent = query.recentProgress();
        if (recent.length > 0) {
            failures.recordSuccess();
        }
        return recent;
    }

    /** Returns the running query's next offsets, by partition; empty before its first batch. */
    Map<Integer, Long> committedOffsets(String topic) {
        StreamingQuery query = running;
        StreamingQueryProgress last = query == null ? null : query.lastProgress();
        if (last == null || last.sources().length == 0) {
            return Map.of();
        }
        return SparkCheckpoint.parse(last.sources()[0].endOffset()).getOrDefault(topic, Map.of());
    }

    private void supervise(boolean failOnFirstError) {
        try {
            while (!isStopping()) {
                try {
                    if (!run()) {
                        continue;
                    }
                    if (!isStopping()) {
                        failures.recordSuccess();
                    }
                    break;
                } catch (StartRefusedException e) {
                    throw e;
                } catch (Exception e) {
                    if (failOnFirstError && !started.isDone()) {
                        throw e;
                    }
                    if (!isStopping()) {
                        LOG.warn("{}: the query has failed and is restarted", name, e);
                        meters.recordFailure(new FailureCause(e).isTransient());
                        failures.recordFailure(e);
                    }
                }
                stop.await(pause.next().toMillis(), TimeUnit.MILLISECONDS);
            }
            started.complete(null);
            ended.complete(null);
        } catch (Throwable e) {
            started.completeExceptionally(e);
            ended.completeExceptionally(e);
        }
    }

    /**
     * Runs the query until it ends; returns whether it has ended by itself, or was stopped for good.
     *
     * @throws Exception why it could not start, or has failed by itself
     */
    private boolean run() throws Exception {
        pause.onStart();
        if (started.isDone()) {
            meters.recordRestart();
        }
        StreamingQuery query = starter.call();
        running = query;
        started.complete(null);
        if (isStopping()) {
            terminate(query); // stopped while it was starting
        }
        try {
            query.awaitTermination();
        } catch (Exception e) {
            if (!wasRestarted(query)) {
                throw e;
            }
            LOG.info("{}: the query failed while it was stopped, and is restarted: {}", name, e.toString());
        } finally {
            clearRunning(query);
        }
        return !wasRestarted(query);
    }

    private boolean wasRestarted(StreamingQuery query) {
        return query == restarted;
    }

    /** Records the progress of the query that has ended: later, it would count for its successor. */
    private synchronized void clearRunning(StreamingQuery query) {
        batches.end(recordSuccess(query), System.nanoTime());
        running = null;
    }

    private void terminate(StreamingQuery query) {
        try {
            query.stop();
        } catch (TimeoutException e) {
            LOG.warn("{}: the query did not stop in time; uncommitted records will be replayed", name);
        }
    }

    private boolean isStopping() {
        return stop.getCount() == 0;
    }

    private static boolean await(CompletableFuture<?> future, long nanos) throws InterruptedException {
        try {
            future.get(nanos, TimeUnit.NANOSECONDS);
            return true;
        } catch (TimeoutException e) {
            return false;
        } catch (ExecutionException e) {
            throw e.getCause() instanceof RuntimeException failure
                    ? failure
                    : new IllegalStateException("the query could not be started", e.getCause());
        }
    }
}
