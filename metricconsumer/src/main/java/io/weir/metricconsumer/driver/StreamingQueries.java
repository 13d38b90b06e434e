package io.weir.metricconsumer.driver;

import io.weir.core.fold.port.TablesException;
import io.weir.metricconsumer.config.WeirSettings;
import io.weir.metricconsumer.failure.StartRefusedException;
import io.weir.metricconsumer.metrics.ProcessMeters;
import io.weir.storage.run.FeedQuery;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.apache.spark.sql.streaming.StreamingQuery;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * All queries of the application: the decider and, in the layout eight, its followers. A failure of one does not stop
 * the others.
 */
final class StreamingQueries {

    private static final Logger LOG = LoggerFactory.getLogger(StreamingQueries.class);

    /** How long a stop waits for the followers to apply what the decider stored. */
    private static final Duration CATCH_UP_TIMEOUT = Duration.ofSeconds(3);

    private static final Duration CHECK_INTERVAL = Duration.ofMillis(100);
    private static final Duration NO_WAIT = Duration.ZERO;

    private final WeirSettings settings;
    private final Starter starter;
    private final BooleanSupplier followersCaughtUp;
    private final Map<FeedQuery, QueryFailures> failures = new EnumMap<>(FeedQuery.class);
    private final List<SupervisedQuery> followers = new ArrayList<>();
    private volatile SupervisedQuery decider;
    private volatile boolean stopping;

    /** Starts queries in Spark. Thread-safe. */
    interface Starter {

        /** Returns the query's name in Spark. */
        String nameOf(FeedQuery query);

        /** Returns the shortest time between two micro-batches of a query; null if it has no such interval. */
        @Nullable
        Duration intervalOf(FeedQuery query);

        /**
         * Starts the query after its ledger.
         *
         * @throws StartRefusedException if it must not start, now or later
         */
        StreamingQuery start(FeedQuery query) throws TimeoutException;
    }

    /**
     * @param followersCaughtUp returns whether all followers have applied what the decider stored; throws
     *     {@link TablesException} if Cassandra is unavailable
     * @param notices receives one line for each failure or recovery that an operator should know about
     */
    StreamingQueries(
            WeirSettings settings,
            Starter starter,
            BooleanSupplier followersCaughtUp,
            Clock clock,
            Consumer<String> notices) {
        this.settings = settings;
        this.starter = starter;
        this.followersCaughtUp = followersCaughtUp;
        String topic = settings.kafka().topic();
        Integer limit = settings.pipeline().maxFailures();
        failures.put(
                FeedQuery.RAW_BY_DEVICE,
                new QueryFailures(topic, starter.nameOf(FeedQuery.RAW_BY_DEVICE), limit, clock, notices));
        // The limit of failures applies to the decider alone: the layout eight isolates failures of its followers.
        settings.pipeline()
                .queryLayout()
                .followers()
                .forEach(query ->
                        failures.put(query, new QueryFailures(topic, starter.nameOf(query), null, clock, notices)));
        this.decider = supervised(FeedQuery.RAW_BY_DEVICE);
        settings.pipeline().queryLayout().followers().forEach(query -> followers.add(supervised(query)));
    }

    /**
     * Starts all queries. The first start of the decider must succeed; followers retry theirs.
     *
     * @throws RuntimeException why the decider could not start
     */
    void start() throws InterruptedException {
        decider.start(true);
        decider.awaitStarted();
        followers.forEach(follower -> follower.start(false));
    }

    /** Returns the failure state of each query. */
    List<QueryFailures> failures() {
        return List.copyOf(failures.values());
    }

    /** Resets the failure counts of queries that have completed a batch. */
    void recordProgress() {
        decider.recordProgress();
        followers.forEach(SupervisedQuery::recordProgress);
    }

    boolean haveStarted() {
        return followers.stream().allMatch(SupervisedQuery::hasStarted);
    }

    /**
     * Waits until all queries have ended; returns false if that takes longer than the limit.
     *
     * @throws RuntimeException why one of them has ended for good
     */
    boolean awaitEnd(Duration limit) throws InterruptedException {
        long deadline = System.nanoTime() + limit.toNanos();
        while (!haveFollowersEnded()) {
            if (System.nanoTime() > deadline) {
                return false;
            }
            if (decider.awaitEnd(CHECK_INTERVAL)) {
                TimeUnit.MILLISECONDS.sleep(CHECK_INTERVAL.toMillis());
                restartDeciderIfNeeded();
            }
        }
        return decider.awaitEnd(Duration.ofNanos(Math.max(1, deadline - System.nanoTime())));
    }

    /**
     * Stops all queries: the decider between two batches, if the current one ends in time; the followers once they have
     * applied what the decider stored, or after a short timeout.
     */
    void stop(Duration patience) throws InterruptedException {
        stopping = true;
        decider.stop(patience);
        awaitCatchUp();
        List<Thread> stops =
                followers.stream().map(StreamingQueries::stopInThread).toList();
        for (Thread stop : stops) {
            stop.join();
        }
    }

    /** Stops all queries and restarts each from its ledger. */
    void restart() {
        decider.restart();
        followers.forEach(SupervisedQuery::restart);
    }

    /** Returns the decider's next offsets, by partition; empty before its first batch. */
    Map<Integer, Long> committedOffsets() {
        return decider.committedOffsets(settings.kafka().topic());
    }

    /** Returns whether all followers have applied what the decider stored; throws {@link TablesException}. */
    boolean haveCaughtUp() {
        return followers.isEmpty() || followersCaughtUp.getAsBoolean();
    }

    private void awaitCatchUp() throws InterruptedException {
        long deadline = System.nanoTime() + CATCH_UP_TIMEOUT.toNanos();
        try {
            while (!haveCaughtUp() && System.nanoTime() < deadline) {
                TimeUnit.MILLISECONDS.sleep(CHECK_INTERVAL.toMillis());
            }
        } catch (TablesException e) {
            LOG.warn("cannot check whether all followers have caught up: {}", e.getMessage());
        }
    }

    private boolean haveFollowersEnded() throws InterruptedException {
        boolean all = true;
        for (SupervisedQuery follower : followers) {
            all &= follower.awaitEnd(NO_WAIT);
        }
        return all;
    }

    /**
     * Runs the decider again if followers still run. With the trigger available-now, each query plans its end when it
     * starts, so a follower may have planned to read more than the decider has decided.
     */
    private void restartDeciderIfNeeded() throws InterruptedException {
        if (!stopping && !haveFollowersEnded()) {
            LOG.info(
                    "followers still run and may wait for more decided records: {} runs again",
                    FeedQuery.RAW_BY_DEVICE.table());
            SupervisedQuery next = supervised(FeedQuery.RAW_BY_DEVICE);
            decider = next;
            if (stopping) {
                next.stop(NO_WAIT); // stop() has stopped the decider before it: this one does not start
            }
            next.start(false);
        }
    }

    private SupervisedQuery supervised(FeedQuery query) {
        String name = starter.nameOf(query);
        QueryMeters meters =
                new QueryMeters(ProcessMeters.registry(), settings.kafka().topic(), name);
        return new SupervisedQuery(
                name,
                !settings.isRealTime(query),
                Objects.requireNonNull(failures.get(query)),
                meters,
                new BatchLog(name, starter.intervalOf(query), meters, LOG::info),
                new RestartPause(System::nanoTime),
                () -> starter.start(query));
    }

    private static Thread stopInThread(SupervisedQuery query) {
        Thread thread = new Thread(() -> {
            try {
                query.stop(NO_WAIT);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        thread.start();
        return thread;
    }
}
