package io.weir.metricconsumer.executor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.weir.core.fold.port.LogRecord;
import io.weir.core.fold.port.TablesException;
import io.weir.metricconsumer.failure.StartRefusedException;
import io.weir.metricconsumer.run.RecordAge;
import io.weir.metricconsumer.topic.FakeLog;
import io.weir.metricconsumer.topic.TopicWatch;
import io.weir.storage.source.Retirement;
import io.weir.storage.source.SourceId;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SourceLeaseTest {

    private static final SourceId SOURCE = new SourceId(7, "readings", "id", 3);
    private static final List<LogRecord> RECORDS = List.of(new LogRecord(1, 0, null, new byte[0]));

    private boolean isRunOpen = true;
    private @Nullable Retirement retirement;
    private final FakeLog log = new FakeLog();
    private final FakeFold fold = new FakeFold();
    private final TopicWatch watch = new TopicWatch(log);
    private final RecordCheck check = new RecordCheck(
            SOURCE.topic(),
            () -> () -> isRunOpen,
            watch::requireUnchanged,
            new RecordAge(SOURCE.topic(), null, Clock.systemUTC()));
    private final MeterRegistry registry = new SimpleMeterRegistry();
    private final FoldMeters meters = new FoldMeters(registry, SOURCE, "fused");
    private final SourceLease lease = new SourceLease(
            SOURCE,
            fold,
            check,
            source -> Optional.ofNullable(retirement),
            new MicroBatchSchedule(Duration.ZERO, Duration.ZERO),
            meters);

    @AfterEach
    void clearInterruptStatus() {
        Thread.interrupted();
    }

    @Test
    void aSourceHasOneOwner() {
        assertThat(lease.tryAcquire(0)).isTrue();
        assertThat(lease.tryAcquire(0)).isFalse();
        lease.close();
        assertThat(lease.tryAcquire(0)).isTrue();
    }

    @Test
    void aTaskKilledWhileItWaitsFailsAndStaysInterrupted() {
        Thread.currentThread().interrupt();
        assertThatExceptionOfType(TablesException.class).isThrownBy(() -> lease.tryAcquire(60));
        assertThat(Thread.currentThread().isInterrupted()).isTrue();
    }

    @Test
    void theOwnerUsesTheFold() {
        lease.open();
        lease.apply(RECORDS);
        assertThat(lease.hasReadingsInFlight()).isTrue();
        lease.awaitReadings();
        lease.flush();
        assertThat(fold.calls).containsExactly("open", "apply 1", "has readings", "await readings", "flush");
        fold.answers = false;
        assertThat(lease.hasReadingsInFlight()).isFalse();
    }

    @Test
    void aDueFlushIsBegunAndContinuedUntilItEnds() {
        lease.flushIfDue();
        assertThat(fold.calls).as("nothing was applied").isEmpty();
        lease.apply(RECORDS);
        fold.answers = false;
        lease.flushIfDue();
        lease.flushIfDue();
        fold.answers = true;
        lease.flushIfDue();
        lease.flushIfDue();
        assertThat(fold.calls).containsExactly("apply 1", "begin flush 1.0", "try end flush", "try end flush");
    }

    /** A process has a fold for every partition, and a producer may send each of them a record of this kind. */
    @Test
    void aFoldThatExceedsItsMemoryIsFlushedBeforeOthersNeedTheHeap() {
        fold.exceedsMemory = true;
        lease.apply(RECORDS);
        assertThat(fold.calls).containsExactly("apply 1", "flush");
    }

    @Test
    void theScheduleIsNotifiedOfTheEndOfAFlush() {
        RecordingSchedule schedule = new RecordingSchedule();
        SourceLease flushed = new SourceLease(SOURCE, fold, check, source -> Optional.empty(), schedule, meters);
        fold.answers = false;
        flushed.flushIfDue();
        flushed.flushIfDue();
        assertThat(schedule.notified).containsExactly("next");
        fold.answers = true;
        flushed.flushIfDue();
        assertThat(schedule.notified).containsExactly("next", "ended");
    }

    @Test
    void chunksAndFlushesAreTimed() {
        lease.apply(RECORDS);
        lease.apply(RECORDS);
        lease.flushIfDue();
        assertThat(timer("weir.pipeline.chunk").count()).isEqualTo(2);
        assertThat(timer("weir.pipeline.flush").count())
                .as("a flush in progress")
                .isZero();
        lease.flushIfDue();
        assertThat(timer("weir.pipeline.flush").count()).isEqualTo(1);
        lease.flush();
        assertThat(timer("weir.pipeline.flush").count()).isEqualTo(2);
        assertThat(timer("weir.pipeline.chunk").totalTime(TimeUnit.SECONDS)).isLessThan(60);
        assertThat(timer("weir.pipeline.flush").totalTime(TimeUnit.SECONDS)).isLessThan(60);
    }

    @Test
    void aFailedFlushIsNotTimed() {
        fold.fails = true;
        assertThatExceptionOfType(TablesException.class).isThrownBy(lease::flush);
        assertThat(timer("weir.pipeline.flush").count()).isZero();
    }

    @Test
    void aFlushThatFailsHasEnded() {
        RecordingSchedule schedule = new RecordingSchedule();
        SourceLease failing = new SourceLease(SOURCE, fold, check, source -> Optional.empty(), schedule, meters);
        failing.flushIfDue();
        fold.whenContinued = () -> {
            throw new TablesException("the tables are away");
        };
        assertThatExceptionOfType(TablesException.class).isThrownBy(failing::flushIfDue);
        fold.whenContinued = () -> {};
        failing.flushIfDue();
        assertThat(schedule.notified)
                .as("the next task flushes what it replays, without the pause after a flush that took as long as the"
                        + " outage")
                .containsExactly("next", "next");
    }

    @Test
    void theCachedBytesAreThoseAfterTheLastChunk() {
        assertThat(lease.cacheBytes()).isZero();
        lease.apply(RECORDS);
        assertThat(lease.cacheBytes()).isEqualTo(FakeFold.CACHE_BYTES);
    }

    @Test
    void flushesBetweenTasksWaitForTheRelease() {
        lease.apply(RECORDS);
        assertThat(lease.tryAcquire(0)).isTrue();
        lease.flushIfDueBetweenTasks();
        assertThat(fold.calls).containsExactly("apply 1");
        lease.close();
        lease.flushIfDueBetweenTasks();
        lease.flushBetweenTasks(0);
        assertThat(fold.calls).containsExactly("apply 1", "begin flush 1.0", "flush");
        assertThat(lease.tryAcquire(0)).as("the lease is released").isTrue();
    }

    @Test
    void aFailedFlushBetweenTasksIsLeftToTheNextTask() {
        fold.fails = true;
        lease.flushBetweenTasks(0);
        fold.isOpen = false;
        lease.flushBetweenTasks(0);
        assertThat(fold.calls).containsExactly("flush");
        assertThat(lease.tryAcquire(0)).as("the lease is released").isTrue();
    }

    @Test
    void theFailureBetweenTasksIsKeptUntilAFlushSucceeds() {
        lease.flushBetweenTasks(0);
        assertThat(lease.hasFailedBetweenTasks()).isFalse();
        fold.fails = true;
        lease.flushBetweenTasks(0);
        assertThat(lease.hasFailedBetweenTasks()).isTrue();
        assertThatExceptionOfType(TablesException.class).isThrownBy(lease::flush);
        assertThat(lease.hasFailedBetweenTasks()).isTrue();
        fold.fails = false;
        lease.flush();
        assertThat(lease.hasFailedBetweenTasks()).isFalse();
    }

    @Test
    void aFlushBetweenTasksIsDistinguishedFromATask() {
        List<Boolean> seen = new ArrayList<>();
        fold.whenFlushed = () -> seen.add(lease.isFlushingBetweenTasks());
        lease.flush();
        lease.flushBetweenTasks(0);
        assertThat(seen).containsExactly(false, true);
        assertThat(lease.isFlushingBetweenTasks()).isFalse();
    }

    @Test
    void aRevokedLeaseIsNotFlushedBetweenTasks() {
        lease.revoke();
        lease.flushBetweenTasks(0);
        assertThat(fold.calls).isEmpty();
    }

    @Test
    void recordsOfAnotherTopicAreNotApplied() {
        log.id = Optional.of("other");
        assertThatExceptionOfType(StartRefusedException.class).isThrownBy(() -> lease.apply(RECORDS));
        assertThat(fold.calls).isEmpty();
    }

    @Test
    void recordsOfAReplacedRunAreNotApplied() {
        isRunOpen = false;
        assertThatExceptionOfType(StartRefusedException.class).isThrownBy(() -> lease.apply(RECORDS));
        assertThat(fold.calls).isEmpty();
    }

    @Test
    void recordsNeedBrokerTimestampsIfRowsExpire() {
        RecordAge limited = new RecordAge(SOURCE.topic(), Duration.ofDays(1), Clock.systemUTC());
        RecordCheck strict = new RecordCheck(SOURCE.topic(), () -> () -> isRunOpen, watch::requireUnchanged, limited);
        SourceLease expiring = new SourceLease(
                SOURCE,
                fold,
                strict,
                source -> Optional.empty(),
                new MicroBatchSchedule(Duration.ZERO, Duration.ZERO),
                meters);
        expiring.requireBrokerTimestamp(true, 7);
        lease.requireBrokerTimestamp(false, 7);
        assertThatExceptionOfType(StartRefusedException.class)
                .isThrownBy(() -> expiring.requireBrokerTimestamp(false, 7));
    }

    @Test
    void aRetiredSourceIsNotFlushed() {
        retirement = new Retirement(
                Retirement.Action.SKIP, Instant.EPOCH, "ann", null, 9, new Retirement.FoundLog("id", 12L, 20L), 12);
        assertThatExceptionOfType(StartRefusedException.class).isThrownBy(lease::flush);
        lease.flushAfterFailure();
        assertThat(fold.calls).isEmpty();
        lease.apply(RECORDS);
        assertThatExceptionOfType(StartRefusedException.class).isThrownBy(lease::flushIfDue);
        assertThat(fold.calls).containsExactly("apply 1");
    }

    @Test
    void aRevokedLeaseRefusesEveryCall() {
        lease.revoke();
        Stream.<ThrowingCallable>of(
                        () -> lease.apply(RECORDS),
                        lease::hasReadingsInFlight,
                        lease::flush,
                        lease::awaitReadings,
                        lease::flushIfDue)
                .forEach(use -> assertThatThrownBy(use)
                        .isInstanceOf(TablesException.class)
                        .hasMessageContaining("another task has taken over"));
        lease.flushAfterFailure();
        assertThat(fold.calls).isEmpty();
    }

    @Test
    void appliedRecordsAreFlushedAfterAFailureElsewhere() {
        lease.flushAfterFailure();
        assertThat(fold.calls).containsExactly("flush");
    }

    /** It would replace the failure that it follows. */
    @Test
    void aFlushAfterAFailureThrowsNothing() {
        fold.whenFlushed = () -> {
            throw new IllegalStateException("the session is closed");
        };
        lease.flushAfterFailure();
        assertThat(fold.calls).containsExactly("flush");
    }

    @Test
    void aFailedFoldIsNotFlushed() {
        fold.isOpen = false;
        lease.flushAfterFailure();
        assertThat(fold.calls).isEmpty();
    }

    /** A flush on an interrupted thread would fail at once. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aKilledTaskFlushesUninterruptedAndStaysInterrupted(boolean fails) {
        fold.fails = fails;
        Thread.currentThread().interrupt();
        lease.flushAfterFailure();
        assertThat(fold.calls).containsExactly("flush");
        assertThat(fold.wasInterrupted).isFalse();
        assertThat(Thread.interrupted()).isTrue();
        lease.flushAfterFailure();
        assertThat(Thread.interrupted()).isFalse();
    }

    private Timer timer(String name) {
        return registry.get(name).tags("topic", "readings", "query", "fused").timer();
    }

    /** Has a flush due at any time, and records its calls. */
    private static final class RecordingSchedule implements FlushSchedule {

        private final List<String> notified = new ArrayList<>();

        @Override
        public void onApplied(long now) {}

        @Override
        public double nextShare(long now) {
            notified.add("next");
            return 1;
        }

        @Override
        public void onFlushEnded(long now) {
            notified.add("ended");
        }
    }
}
