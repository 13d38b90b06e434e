package io.weir.metricconsumer;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.spark.sql.streaming.StreamingQuery;
import org.apache.spark.sql.streaming.StreamingQueryProgress;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One streaming query, on a thread of its own: started, and started again after ever longer pauses when it fails, until it
 * is stopped, has caught up, must not start, or has failed too often ({@link QueryFailures}).
 */
final class SupervisedQuery {

    private static final Logger LOG = LoggerFactory.getLogger(SupervisedQuery.class);

    private final String name;
    private final Callable<StreamingQuery> starter;
    private final boolean micro;
    private final QueryFailures failures;
    private final RestartPause pause = new RestartPause();
    private final CompletableFuture<@Nullable Void> started = new CompletableFuture<>();
    private final CompletableFuture<@Nullable Void> ended = new CompletableFuture<>();
    private final CountDownLatch stop = new CountDownLatch(1);
    private final AtomicBoolean restarting = new AtomicBoolean();
    private volatile @Nullable StreamingQuery running;

    /**
     * @param name for messages
     * @param micro whether it runs in short batches, between which it can stop
     * @param failures is told of each failure and of completed batches
     */
    SupervisedQuery(String name, boolean micro, QueryFailures failures, Callable<StreamingQuery> starter) {
        this.name = name;
        this.micro = micro;
        this.failures = failures;
        this.starter = starter;
    }

    /**
     * Begins.
     *
     * @param atOnce whether a first start that fails ends it all
     */
    void begin(boolean atOnce) {
        Thread thread = new Thread(() -> supervise(atOnce), "supervisor of " + name);
        thread.setDaemon(true);
        thread.start();
    }

    boolean hasStarted() {
        return started.isDone() && !started.isCompletedExceptionally();
    }

    /**
     * Waits for the first start, or until there will be none.
     *
     * @throws RuntimeException what the start failed with
     */
    void awaitStarted() throws InterruptedException {
        await(started, Long.MAX_VALUE);
    }

    /**
     * Waits until there is nothing left to do; returns false if that takes longer.
     *
     * @throws RuntimeException why it must not go on
     */
    boolean awaitEnd(Duration limit) throws InterruptedException {
        return await(ended, limit.toNanos());
    }

    /** Stops it, between two batches if one ends soon; may be called from any thread, and again. */
    void stop(Duration patience) throws InterruptedException {
        stop.countDown();
        StreamingQuery query = running;
        if (query == null) {
            return;
        }
        long deadline = System.nanoTime() + patience.toNanos();
        while (micro && query.isActive() && query.status().isTriggerActive() && System.nanoTime() < deadline) {
            TimeUnit.MILLISECONDS.sleep(5);
        }
        end(query);
    }

    /** Stops it and starts it again, where its ledger ends then; may be called from any thread. */
    void restart() {
        StreamingQuery query = running;
        if (query != null && query.isActive()) {
            restarting.set(true);
            end(query);
        }
    }

    /** Looks whether the query that runs now has completed a batch; may be called from any thread. */
    synchronized void look() {
        StreamingQuery query = running;
        if (query != null && query.recentProgress().length > 0) {
            failures.gotOn();
        }
    }

    /** Returns the offsets that the query which runs now goes on from, by partition; none before its first batch. */
    Map<Integer, Long> committedOffsets(String topic) {
        StreamingQuery query = running;
        StreamingQueryProgress last = query == null ? null : query.lastProgress();
        if (last == null || last.sources().length == 0) {
            return Map.of();
        }
        return SparkCheckpoint.parse(last.sources()[0].endOffset()).getOrDefault(topic, Map.of());
    }

    private void supervise(boolean atOnce) {
        try {
            while (!isStopping()) {
                try {
                    run();
                    if (restarting.getAndSet(false)) {
                        continue;
                    }
                    if (!isStopping()) {
                        failures.gotOn();
                    }
                    break;
                } catch (StartRefusedException e) {
                    throw e;
                } catch (Exception e) {
                    if (atOnce && !started.isDone()) {
                        throw e;
                    }
                    if (!isStopping()) {
                        LOG.warn("{}: the query has failed and is started again", name, e);
                        failures.failed(e);
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

    private void run() throws Exception {
        pause.begun();
        StreamingQuery query = starter.call();
        running = query;
        started.complete(null);
        if (isStopping()) {
            end(query); // it was stopped before it was there
        }
        try {
            query.awaitTermination();
        } finally {
            forget();
        }
    }

    /** Takes what the query has completed before it ended: later, that would count for the one that follows. */
    private synchronized void forget() {
        look();
        running = null;
    }

    private void end(StreamingQuery query) {
        try {
            query.stop();
        } catch (TimeoutException e) {
            LOG.warn("{}: the query does not stop in time: what it has not closed will be applied again", name);
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
                    : new IllegalStateException("a query could not be started", e.getCause());
        }
    }
}
