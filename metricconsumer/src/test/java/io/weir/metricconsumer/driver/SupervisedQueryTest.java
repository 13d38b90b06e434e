package io.weir.metricconsumer.driver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.weir.metricconsumer.failure.RepeatedFailureException;
import io.weir.metricconsumer.failure.StartRefusedException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.spark.sql.streaming.StreamingQuery;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class SupervisedQueryTest {

    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private static final Tags QUERY = Tags.of("topic", "readings", "query", "query");
    private static final Tags FAILURES = QUERY.and("kind", "lasting");

    /** The results of the next starts, in order. */
    private final BlockingQueue<Callable<StreamingQuery>> starts = new LinkedBlockingQueue<>();

    private final List<String> notices = new CopyOnWriteArrayList<>();

    private final QueryFailures failures = new QueryFailures("readings", "query", 3, Clock.systemUTC(), notices::add);

    private final MeterRegistry registry = new SimpleMeterRegistry();
    private final QueryMeters meters = new QueryMeters(registry, "readings", "query");
    private final List<String> lines = new CopyOnWriteArrayList<>();

    /** Makes every run last for a minute, after which there is no pause before a restart. */
    private final AtomicLong nanoTime = new AtomicLong();

    private final RestartPause noPause =
            new RestartPause(() -> nanoTime.addAndGet(Duration.ofMinutes(1).toNanos()));

    private final SupervisedQuery query =
            supervised(false, noPause, () -> starts.take().call());

    private SupervisedQuery supervised(boolean microBatches, RestartPause pause, Callable<StreamingQuery> starter) {
        BatchLog batches = new BatchLog("query", null, meters, lines::add);
        return new SupervisedQuery("query", microBatches, failures, meters, batches, pause, starter);
    }

    @Test
    void aQueryThatEndsByItselfHasCaughtUp() throws Exception {
        FakeQuery running = new FakeQuery();
        starts.add(running::get);
        query.start(true);
        query.awaitStarted();
        assertThat(query.hasStarted()).isTrue();
        assertThat(query.awaitEnd(Duration.ofMillis(1))).isFalse();
        running.ended.countDown();
        assertThat(query.awaitEnd(PATIENCE)).isTrue();
        assertThat(running.stops).hasValue(0);
        assertThat(registry.counter("weir.pipeline.restarts", QUERY).count()).isZero();
    }

    @Test
    void aFailedQueryIsRestarted() throws Exception {
        FakeQuery failing = new FakeQuery();
        failing.failure = new IllegalStateException("a task has failed");
        FakeQuery next = new FakeQuery();
        starts.add(failing::get);
        starts.add(next::get);
        query.start(true);
        failing.ended.countDown();
        next.awaited.await();
        assertThat(registry.counter("weir.pipeline.restarts", QUERY).count()).isEqualTo(1);
        assertThat(registry.counter("weir.pipeline.failures", FAILURES).count()).isEqualTo(1);
        assertThat(query.awaitEnd(Duration.ZERO)).isFalse();
        next.ended.countDown();
        assertThat(query.awaitEnd(PATIENCE)).isTrue();
    }

    @Test
    void repeatedFailuresEndTheQuery() {
        for (int i = 0; i < 3; i++) {
            starts.add(failing("a record cannot be decoded")::get);
        }
        query.start(true);
        assertThatThrownBy(() -> query.awaitEnd(PATIENCE))
                .isInstanceOf(RepeatedFailureException.class)
                .hasMessageContaining("a record cannot be decoded")
                .hasMessageContaining("3 times");
        assertThat(failures.state())
                .hasValueSatisfying(state -> assertThat(state.failures()).isEqualTo(3));
    }

    @Test
    void aCompletedBatchResetsTheFailureCount() throws Exception {
        starts.add(failing("first")::get);
        starts.add(failing("second")::get);
        FakeQuery progressing = failing("third");
        progressing.batches = 1;
        starts.add(progressing::get);
        starts.add(failing("fourth")::get);
        FakeQuery next = new FakeQuery();
        starts.add(next::get);
        query.start(true);
        next.awaited.await();
        assertThat(failures.state()).hasValueSatisfying(state -> {
            assertThat(state.failures()).isEqualTo(2);
            assertThat(state.message()).contains("fourth");
        });
        next.batches = 1;
        query.recordProgress();
        query.recordProgress();
        assertThat(failures.state()).isEmpty();
        assertThat(registry.timer("weir.pipeline.batch", QUERY).count())
                .as("batch 0 of two runs of the query")
                .isEqualTo(2);
        assertThat(notices).anyMatch(notice -> notice.contains("has recovered after 2 failures"));
        next.ended.countDown();
        assertThat(query.awaitEnd(PATIENCE)).isTrue();
    }

    @Test
    void aQueryThatEndsByItselfIsNotFailing() throws Exception {
        FakeQuery running = new FakeQuery();
        running.ended.countDown();
        starts.add(running::get);
        query.start(true);
        assertThat(query.awaitEnd(PATIENCE)).isTrue();
        assertThat(failures.state()).isEmpty();
    }

    @Test
    void aFailedFirstStartEndsTheQueryIfAskedTo() {
        starts.add(() -> {
            throw new IllegalStateException("no Kafka");
        });
        query.start(true);
        assertThatThrownBy(query::awaitStarted)
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("no Kafka");
        assertThatThrownBy(() -> query.awaitEnd(PATIENCE)).hasMessage("no Kafka");
        assertThat(query.hasStarted()).isFalse();
    }

    @Test
    void aFailedFirstStartIsOtherwiseRetried() throws Exception {
        FakeQuery next = new FakeQuery();
        starts.add(() -> {
            throw new IllegalStateException("no Kafka");
        });
        starts.add(next::get);
        query.start(false);
        query.awaitStarted();
        assertThat(query.hasStarted()).isTrue();
        next.ended.countDown();
        assertThat(query.awaitEnd(PATIENCE)).isTrue();
    }

    @Test
    void aRefusedRestartEndsTheQuery() throws Exception {
        FakeQuery failing = new FakeQuery();
        failing.failure = new IllegalStateException("a task has failed");
        failing.ended.countDown();
        starts.add(failing::get);
        starts.add(() -> {
            throw new StartRefusedException("the log has lost records");
        });
        query.start(false);
        query.awaitStarted();
        assertThatThrownBy(() -> query.awaitEnd(PATIENCE))
                .isInstanceOf(StartRefusedException.class)
                .hasMessage("the log has lost records");
    }

    @Test
    void aCheckedExceptionIsKeptAsTheCause() {
        starts.add(() -> {
            throw new TimeoutException("too slow");
        });
        query.start(true);
        assertThatThrownBy(query::awaitStarted)
                .isInstanceOf(IllegalStateException.class)
                .hasRootCauseMessage("too slow");
    }

    @Test
    void aStoppedQueryIsNotRestarted() throws Exception {
        FakeQuery running = new FakeQuery();
        running.failure = new IllegalStateException("stopped in the middle of a batch");
        starts.add(running::get);
        query.start(true);
        running.awaited.await();
        query.stop(PATIENCE);
        assertThat(query.awaitEnd(PATIENCE)).isTrue();
        assertThat(running.stops).hasValue(1);
        assertThat(starts).isEmpty();
    }

    @Test
    void aQueryStoppedWhileItStartsEnds() throws Exception {
        FakeQuery running = new FakeQuery();
        CountDownLatch starting = new CountDownLatch(1);
        CountDownLatch stopped = new CountDownLatch(1);
        starts.add(() -> {
            starting.countDown();
            stopped.await();
            return running.get();
        });
        query.start(true);
        starting.await();
        query.stop(PATIENCE);
        stopped.countDown();
        assertThat(query.awaitEnd(PATIENCE)).isTrue();
        assertThat(running.stops).hasValue(1);
    }

    @Test
    void aQueryStoppedBeforeItStartsStartsNothing() throws Exception {
        query.stop(PATIENCE);
        query.start(true);
        query.awaitStarted();
        assertThat(query.awaitEnd(PATIENCE)).isTrue();
    }

    @Test
    void aStopWaitsForTheBatchInProgress() throws Exception {
        SupervisedQuery batches = supervised(true, noPause, () -> starts.take().call());
        FakeQuery running = new FakeQuery();
        running.batchesInProgress.set(3);
        running.whenStopped = () -> assertThat(running.batchesInProgress).hasValue(0);
        starts.add(running::get);
        batches.start(true);
        running.awaited.await();
        batches.stop(PATIENCE);
        assertThat(batches.awaitEnd(PATIENCE)).isTrue();
        assertThat(running.stops).hasValue(1);
    }

    @Test
    void aStopDoesNotWaitForALongBatch() throws Exception {
        SupervisedQuery batches = supervised(true, noPause, () -> starts.take().call());
        FakeQuery running = new FakeQuery();
        running.batchesInProgress.set(Integer.MAX_VALUE);
        starts.add(running::get);
        batches.start(false);
        running.awaited.await();
        batches.stop(Duration.ZERO);
        assertThat(batches.awaitEnd(PATIENCE)).isTrue();
        assertThat(running.stops).hasValue(1);
        batches.stop(PATIENCE); // may be repeated
        assertThat(running.stops).hasValue(1);
    }

    @Test
    void aStopEndsThePauseBeforeARestart() throws Exception {
        RestartPause longPause = new RestartPause(() -> 0);
        for (int i = 0; i < 7; i++) {
            longPause.next();
        }
        CountDownLatch failed = new CountDownLatch(1);
        SupervisedQuery paused = supervised(false, longPause, () -> {
            failed.countDown();
            throw new IllegalStateException("no Kafka");
        });
        paused.start(false);
        failed.await();
        paused.stop(PATIENCE);
        assertThat(paused.awaitEnd(Duration.ofSeconds(15))).as("of 30 s").isTrue();
    }

    @Test
    void aRestartIsNoFailure() throws Exception {
        FakeQuery first = new FakeQuery();
        FakeQuery next = new FakeQuery();
        starts.add(first::get);
        starts.add(next::get);
        query.restart(); // nothing runs yet
        query.start(true);
        first.awaited.await();
        query.restart();
        next.awaited.await();
        assertThat(first.stops).hasValue(1);
        assertThat(failures.state())
                .hasValueSatisfying(state -> assertThat(state.hasFailed()).isFalse());
        next.ended.countDown();
        assertThat(query.awaitEnd(PATIENCE)).isTrue();
    }

    /** A query may fail because it is stopped in the middle of a batch. */
    @Test
    void aRestartedQueryThatFailsOfItIsRestartedOnce() throws Exception {
        FakeQuery first = new FakeQuery();
        first.failure = new IllegalStateException("stopped in the middle of a batch");
        FakeQuery next = new FakeQuery();
        starts.add(first::get);
        starts.add(next::get);
        query.start(true);
        first.awaited.await();
        query.restart();
        next.awaited.await();
        assertThat(failures.state())
                .hasValueSatisfying(state -> assertThat(state.hasFailed()).isFalse());
        next.ended.countDown();
        assertThat(query.awaitEnd(Duration.ofSeconds(5))).as("ended by itself").isTrue();
    }

    @Test
    void anErrorEndsTheQuery() {
        starts.add(() -> {
            throw new NoClassDefFoundError("io/weir/Missing");
        });
        query.start(false);
        assertThatThrownBy(() -> query.awaitEnd(PATIENCE))
                .isInstanceOf(IllegalStateException.class)
                .hasRootCauseMessage("io/weir/Missing");
    }

    @Test
    void aStopThatTimesOutIsLogged() throws Exception {
        FakeQuery running = new FakeQuery();
        running.stopsInTime = false;
        starts.add(running::get);
        query.start(true);
        running.awaited.await();
        query.stop(PATIENCE);
        assertThat(query.awaitEnd(PATIENCE)).isTrue();
    }

    private static FakeQuery failing(String message) {
        FakeQuery failing = new FakeQuery();
        failing.failure = new IllegalStateException(message);
        failing.ended.countDown();
        return failing;
    }
}
