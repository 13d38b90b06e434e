package io.weir.metricconsumer.driver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.weir.core.fold.port.TablesException;
import io.weir.metricconsumer.config.WeirSettings;
import io.weir.metricconsumer.failure.StartRefusedException;
import io.weir.storage.run.FeedQuery;
import io.weir.storage.run.QueryLayout;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.BooleanSupplier;
import org.apache.spark.sql.streaming.StreamingQuery;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class StreamingQueriesTest {

    private static final FeedQuery DECIDER = FeedQuery.RAW_BY_DEVICE;
    private static final List<FeedQuery> FOLLOWERS = List.copyOf(QueryLayout.EIGHT.followers());
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    /** What happened to the queries, in order. */
    private final List<String> events = new CopyOnWriteArrayList<>();

    private final List<String> notices = new CopyOnWriteArrayList<>();
    private final FakeStarter starter = new FakeStarter();
    private volatile BooleanSupplier caughtUp = () -> true;

    @Test
    void theLayoutFusedHasOneQuery() throws Exception {
        StreamingQueries queries = queries("fused");
        queries.start();
        assertThat(queries.haveStarted()).isTrue();
        assertThat(queries.failures()).extracting(QueryFailures::query).containsExactly(DECIDER.table());
        FakeQuery decider = starter.next(DECIDER);
        assertThat(queries.awaitEnd(Duration.ofMillis(1))).isFalse();
        assertThat(queries.committedOffsets()).isEmpty();
        decider.ended.countDown();
        assertThat(queries.awaitEnd(PATIENCE)).isTrue();
    }

    @Test
    void followersStartAfterTheDecider() throws Exception {
        StreamingQueries queries = queries("eight");
        queries.start();
        assertThat(events.get(0)).isEqualTo("start raw_by_device");
        for (FeedQuery follower : FOLLOWERS) {
            starter.next(follower).awaited.await();
        }
        assertThat(queries.haveStarted()).isTrue();
        assertThat(queries.failures()).hasSize(8);
        queries.stop(PATIENCE);
        assertThat(queries.awaitEnd(PATIENCE)).isTrue();
    }

    @Test
    void noFollowerStartsIfTheDeciderCannot() {
        starter.failures.put(DECIDER, new IllegalStateException("no Kafka"));
        StreamingQueries queries = queries("eight");
        assertThatThrownBy(queries::start).hasMessage("no Kafka");
        assertThat(events).containsExactly("start raw_by_device");
    }

    @Test
    void aFollowerThatCannotStartIsRetriedWithoutTheOthers() throws Exception {
        starter.failures.put(FeedQuery.RAW_BY_GROUP, new IllegalStateException("no Kafka"));
        StreamingQueries queries = queries("eight");
        queries.start();
        starter.next(FeedQuery.RAW_BY_GROUP).awaited.await();
        assertThat(notices).singleElement().asString().contains("the query raw_by_group of the topic readings is fail");
        queries.stop(PATIENCE);
        assertThat(queries.awaitEnd(PATIENCE)).isTrue();
    }

    @Test
    void aFollowerThatMustNotContinueIsReported() throws Exception {
        starter.failures.put(FeedQuery.RAW_BY_GROUP, new StartRefusedException("the log has lost records"));
        StreamingQueries queries = queries("eight");
        queries.start();
        assertThatThrownBy(() -> {
                    while (!queries.awaitEnd(Duration.ofMillis(1))) {
                        Thread.onSpinWait();
                    }
                })
                .isInstanceOf(StartRefusedException.class);
        queries.stop(PATIENCE);
    }

    @Test
    void followersStopOnceTheyHaveCaughtUpWithTheStoppedDecider() throws Exception {
        StreamingQueries queries = queries("eight");
        queries.start();
        awaitAll();
        int[] asked = {0};
        caughtUp = () -> {
            events.add("asked");
            return ++asked[0] == 3;
        };
        events.clear();
        queries.stop(PATIENCE);
        assertThat(events.subList(0, 4)).containsExactly("stop raw_by_device", "asked", "asked", "asked");
        assertThat(events.subList(4, events.size())).hasSize(7).allMatch(event -> event.startsWith("stop "));
        assertThat(queries.awaitEnd(PATIENCE)).isTrue();
    }

    @Test
    void followersStopIfNobodyCanSayWhetherTheyHaveCaughtUp() throws Exception {
        StreamingQueries queries = queries("eight");
        queries.start();
        awaitAll();
        caughtUp = () -> {
            throw new TablesException("the tables are away");
        };
        queries.stop(PATIENCE);
        assertThat(queries.awaitEnd(PATIENCE)).isTrue();
    }

    /** With the trigger available-now, a follower may have planned to read more than the decider has decided. */
    @Test
    void theDeciderRunsAgainWhileAFollowerStillRuns() throws Exception {
        StreamingQueries queries = queries("eight");
        queries.start();
        Map<FeedQuery, FakeQuery> running = awaitAll();
        starter.lastOf(DECIDER).ended.countDown();
        FOLLOWERS.stream()
                .skip(1)
                .forEach(follower -> running.get(follower).ended.countDown());
        Thread main = new Thread(() -> awaitEnd(queries));
        main.start();
        FakeQuery again = starter.next(DECIDER);
        again.awaited.await();
        running.get(FOLLOWERS.get(0)).ended.countDown();
        again.ended.countDown();
        main.join();
        assertThat(events).filteredOn("start raw_by_device"::equals).hasSize(2);
    }

    @Test
    void aStopWhileTheDeciderIsAboutToRunAgainStopsIt() throws Exception {
        StreamingQueries queries = queries("eight");
        queries.start();
        awaitAll();
        starter.lastOf(DECIDER).ended.countDown();
        starter.whenNamed = () -> {
            starter.whenNamed = () -> {};
            try {
                queries.stop(PATIENCE); // as the shutdown hook does, in a thread of its own
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        };
        Thread main = new Thread(() -> awaitEnd(queries));
        main.setDaemon(true);
        main.start();
        main.join(10_000);
        assertThat(main.isAlive()).as("waits for a query that nobody stops").isFalse();
    }

    @Test
    void aStopBeforeTheStartStartsNothing() throws Exception {
        StreamingQueries queries = queries("eight");
        queries.stop(PATIENCE);
        queries.start();
        assertThat(queries.awaitEnd(PATIENCE)).isTrue();
        assertThat(events).isEmpty();
    }

    @Test
    void allQueriesAreRestartedFromTheirLedgers() throws Exception {
        StreamingQueries queries = queries("eight");
        queries.start();
        awaitAll();
        queries.restart();
        awaitAll();
        assertThat(queries.failures())
                .allSatisfy(query ->
                        assertThat(query.state().orElseThrow().hasFailed()).isFalse());
        assertThat(notices).isEmpty();
        queries.stop(PATIENCE);
        assertThat(queries.awaitEnd(PATIENCE)).isTrue();
    }

    @Test
    void eachQueryRecordsItsOwnProgress() throws Exception {
        StreamingQueries queries = queries("eight");
        queries.start();
        Map<FeedQuery, FakeQuery> running = awaitAll();
        running.get(FeedQuery.RAW_BY_GROUP).batches = 1;
        queries.recordProgress();
        assertThat(queries.failures())
                .filteredOn(query -> query.state().isEmpty())
                .extracting(QueryFailures::query)
                .containsExactly("raw_by_group");
        queries.stop(PATIENCE);
        assertThat(queries.awaitEnd(PATIENCE)).isTrue();
    }

    private StreamingQueries queries(String layout) {
        WeirSettings settings = WeirSettings.load(null, Map.of(), Map.of("spark.weir.pipeline.layout", layout));
        return new StreamingQueries(settings, starter, () -> caughtUp.getAsBoolean(), Clock.systemUTC(), notices::add);
    }

    /** Waits until the next run of every query has begun, and returns them. */
    private Map<FeedQuery, FakeQuery> awaitAll() throws InterruptedException {
        Map<FeedQuery, FakeQuery> running = new ConcurrentHashMap<>();
        for (FeedQuery query : QueryLayout.EIGHT.queries()) {
            FakeQuery next = starter.next(query);
            next.awaited.await();
            running.put(query, next);
        }
        return running;
    }

    private static void awaitEnd(StreamingQueries queries) {
        try {
            while (!queries.awaitEnd(Duration.ofMillis(1))) {
                Thread.onSpinWait();
            }
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private final class FakeStarter implements StreamingQueries.Starter {

        /** What the first start of a query fails with. */
        private final Map<FeedQuery, RuntimeException> failures = new ConcurrentHashMap<>();

        private final Map<FeedQuery, BlockingQueue<FakeQuery>> started = new ConcurrentHashMap<>();
        private final Map<FeedQuery, FakeQuery> last = new ConcurrentHashMap<>();
        private volatile Runnable whenNamed = () -> {};

        @Override
        public String nameOf(FeedQuery query) {
            whenNamed.run();
            return query.table();
        }

        @Override
        public @Nullable Duration intervalOf(FeedQuery query) {
            return null;
        }

        @Override
        public StreamingQuery start(FeedQuery query) {
            events.add("start " + query.table());
            RuntimeException failure = failures.remove(query);
            if (failure != null) {
                throw failure;
            }
            FakeQuery running = new FakeQuery();
            running.whenStopped = () -> events.add("stop " + query.table());
            last.put(query, running);
            queueOf(query).add(running);
            return running.get();
        }

        /** Waits for the next run of a query. */
        private FakeQuery next(FeedQuery query) throws InterruptedException {
            return queueOf(query).take();
        }

        private FakeQuery lastOf(FeedQuery query) {
            return last.get(query);
        }

        private BlockingQueue<FakeQuery> queueOf(FeedQuery query) {
            return started.computeIfAbsent(query, absent -> new LinkedBlockingQueue<>());
        }
    }
}
