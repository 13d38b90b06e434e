package io.weir.metricconsumer;

import io.weir.core.fold.TablesException;
import io.weir.metricconsumer.config.WeirSettings;
import io.weir.storage.FollowerLedgers;
import io.weir.storage.TableQuery;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * All queries of the application: the one that decides and those that follow it, in the layout fused none. Each goes on
 * whatever becomes of the others.
 */
final class Queries {

    private static final Logger LOG = LoggerFactory.getLogger(Queries.class);

    /** How long followers get to apply what is decided before they are stopped. */
    private static final Duration CATCH_UP = Duration.ofSeconds(3);

    private static final Duration LOOK_EVERY = Duration.ofMillis(100);
    private static final Duration NO_PATIENCE = Duration.ZERO;

    private final WeirSettings settings;
    private final QueryStarter starter;
    private final FollowerLedgers ledgers;
    private final Map<TableQuery, QueryFailures> failures = new EnumMap<>(TableQuery.class);
    private final List<SupervisedQuery> followers = new ArrayList<>();
    private volatile SupervisedQuery decider;
    private volatile boolean stopping;

    /** @param notices is told what an operator should know of queries that fail */
    Queries(
            WeirSettings settings,
            QueryStarter starter,
            FollowerLedgers ledgers,
            Clock clock,
            Consumer<String> notices) {
        this.settings = settings;
        this.starter = starter;
        this.ledgers = ledgers;
        String topic = settings.kafka().topic();
        Integer limit = settings.pipeline().maxFailures();
        failures.put(
                TableQuery.RAW_BY_DEVICE,
                new QueryFailures(topic, starter.nameOf(TableQuery.RAW_BY_DEVICE), limit, clock, notices));
        // A follower that fails does not stop the others: that is what the layout eight is for.
        settings.pipeline()
                .queryLayout()
                .followers()
                .forEach(query ->
                        failures.put(query, new QueryFailures(topic, starter.nameOf(query), null, clock, notices)));
        this.decider = supervised(TableQuery.RAW_BY_DEVICE);
        settings.pipeline().queryLayout().followers().forEach(query -> followers.add(supervised(query)));
    }

    /**
     * Starts all; the one that decides must start at once.
     *
     * @throws RuntimeException what its start failed with
     */
    void start() throws InterruptedException {
        decider.begin(true);
        decider.awaitStarted();
        followers.forEach(follower -> follower.begin(false));
    }

    /** Returns what is known of the failures of each query. */
    List<QueryFailures> failures() {
        return List.copyOf(failures.values());
    }

    /** Looks which queries have completed batches. */
    void look() {
        decider.look();
        followers.forEach(SupervisedQuery::look);
    }

    boolean haveStarted() {
        return followers.stream().allMatch(SupervisedQuery::hasStarted);
    }

    /**
     * Waits until all have ended; returns false if that takes longer.
     *
     * @throws RuntimeException why one of them must not go on
     */
    boolean awaitEnd(Duration limit) throws InterruptedException {
        long deadline = System.nanoTime() + limit.toNanos();
        while (!haveFollowersEnded()) {
            if (System.nanoTime() > deadline) {
                return false;
            }
            if (decider.awaitEnd(LOOK_EVERY)) {
                TimeUnit.MILLISECONDS.sleep(LOOK_EVERY.toMillis());
                decideOn();
            }
        }
        return decider.awaitEnd(Duration.ofNanos(Math.max(1, deadline - System.nanoTime())));
    }

    /**
     * Stops all: the one that decides between two batches, so that its ledger is closed, the others when they have applied
     * what it has decided, if they do so soon.
     */
    void stop(Duration patience) throws InterruptedException {
        stopping = true;
        decider.stop(patience);
        letCatchUp();
        List<Thread> stops = followers.stream().map(Queries::stopping).toList();
        for (Thread stop : stops) {
            stop.join();
        }
    }

    /** Stops all and starts them again, each where its ledger ends now. */
    void restart() {
        decider.restart();
        followers.forEach(SupervisedQuery::restart);
    }

    /** Returns the offsets that the query which decides goes on from, by partition; none before its first batch. */
    Map<Integer, Long> committedOffsets() {
        return decider.committedOffsets(settings.kafka().topic());
    }

    /** Returns whether all ledgers account for all that was written; asked when all have ended. */
    CloseConditions closeConditions() {
        return new CloseConditions(
                settings.spark().isRealTime(),
                starter.checkpointOf(TableQuery.RAW_BY_DEVICE)::isSettled,
                this::haveCaughtUp,
                starter::areAllRunsAccountedFor);
    }

    private void letCatchUp() throws InterruptedException {
        long deadline = System.nanoTime() + CATCH_UP.toNanos();
        try {
            while (!haveCaughtUp() && System.nanoTime() < deadline) {
                TimeUnit.MILLISECONDS.sleep(LOOK_EVERY.toMillis());
            }
        } catch (TablesException e) {
            LOG.warn("cannot see whether all queries have applied what is decided: {}", e.getMessage());
        }
    }

    private boolean haveCaughtUp() {
        return followers.isEmpty() || ledgers.haveCaughtUp(settings.kafka().topic());
    }

    private boolean haveFollowersEnded() throws InterruptedException {
        boolean all = true;
        for (SupervisedQuery follower : followers) {
            all &= follower.awaitEnd(NO_PATIENCE);
        }
        return all;
    }

    /**
     * With the trigger available-now each query plans where to end when it starts. A follower that has planned for more
     * than the decider needs another, which plans later.
     */
    private void decideOn() throws InterruptedException {
        if (!stopping && !haveFollowersEnded()) {
            LOG.info(
                    "what is decided may not be enough for all that follow: {} runs again",
                    TableQuery.RAW_BY_DEVICE.table());
            decider = supervised(TableQuery.RAW_BY_DEVICE);
            decider.begin(false);
        }
    }

    private SupervisedQuery supervised(TableQuery query) {
        return new SupervisedQuery(
                starter.nameOf(query),
                !settings.isRealTime(query),
                Objects.requireNonNull(failures.get(query)),
                () -> starter.start(query));
    }

    private static Thread stopping(SupervisedQuery query) {
        Thread thread = new Thread(() -> {
            try {
                query.stop(NO_PATIENCE);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        thread.start();
        return thread;
    }
}
