package io.weir.metricconsumer.executor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.weir.core.fold.port.LogRecord;
import io.weir.core.fold.port.TablesException;
import io.weir.metricconsumer.failure.StartRefusedException;
import io.weir.metricconsumer.run.RecordAge;
import io.weir.storage.run.FeedQuery;
import io.weir.storage.source.Retirement;
import io.weir.storage.source.SourceId;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class SourceLeasesTest {

    private static final SourceId SOURCE = new SourceId(7, "readings", "id", 3);
    private static final List<LogRecord> RECORDS = List.of(new LogRecord(1, 0, null, new byte[0]));

    private final List<FakeFold> folds = new ArrayList<>();
    private @Nullable Retirement retirement;
    private final RecordCheck check = new RecordCheck(
            SOURCE.topic(), () -> () -> true, source -> {}, new RecordAge(SOURCE.topic(), null, Clock.systemUTC()));
    private final ScheduledExecutorService flusher = Executors.newSingleThreadScheduledExecutor();
    private final SourceLeases leases = new SourceLeases(FeedQuery::decides, 60, flusher);

    /** Waits for no task, and flushes only when a test does. */
    private final ScheduledExecutorService idleFlusher = Executors.newSingleThreadScheduledExecutor();

    private final SourceLeases impatient = new SourceLeases(query -> false, 0, idleFlusher);

    @AfterEach
    void close() {
        leases.close();
        impatient.close();
        assertThat(flusher.isShutdown()).isTrue();
    }

    @Test
    void aTaskContinuesWithTheFoldOfTheTaskBeforeIt() {
        acquire().close();
        acquire().close();
        assertThat(folds).hasSize(1);
        assertThat(folds.get(0).calls).containsExactly("open", "open");
    }

    @Test
    void aQueryAndASourceHaveTheirOwnFold() {
        acquire();
        var unused = leases.acquire(SOURCE, FeedQuery.RAW_BY_GROUP, this::newLease);
        unused = leases.acquire(new SourceId(8, "readings", "id", 4), FeedQuery.RAW_BY_DEVICE, this::newLease);
        assertThat(folds).hasSize(3);
    }

    @Test
    void aSourceThatIsNotReleasedIsTakenOver() {
        SourceLease hanging = takeOver();
        SourceLease next = takeOver();
        assertRevoked(hanging);
        next.apply(RECORDS);
        assertThat(folds.get(1).calls).containsExactly("open", "apply 1");
        hanging.close();
        next.close();
        takeOver();
        assertThat(folds)
                .as("later tasks continue with the fold that took over")
                .hasSize(2);
    }

    /** The flusher looks at all leases at any time. */
    @RepeatedTest(300)
    void aLeaseTakenOverHasOneOwner() throws InterruptedException {
        AtomicBoolean done = new AtomicBoolean();
        takeOver();
        Thread flushing = new Thread(() -> {
            while (!done.get()) {
                impatient.flush(0);
            }
        });
        flushing.start();
        SourceLease next = takeOver();
        done.set(true);
        flushing.join();
        assertThat(next.tryAcquire(0)).as("the task owns it").isFalse();
        next.close();
        assertThat(next.tryAcquire(0)).isTrue();
        assertThat(next.tryAcquire(0)).as("one permit").isFalse();
    }

    @Test
    void twoTasksThatTakeASourceOverLeaveOneOwner() {
        takeOver();
        List<SourceLease> both = new ArrayList<>();
        both.add(impatient.acquire(SOURCE, FeedQuery.RAW_BY_DEVICE, () -> {
            if (both.isEmpty()) {
                both.add(takeOver()); // while the other one creates its lease
            }
            return newLease();
        }));
        assertThat(both).hasSize(2);
        assertThat(both).filteredOn(SourceLeasesTest::isOwned).hasSize(1);
    }

    @Test
    void aFoldThatCannotBeOpenedIsReleased() {
        acquire().close();
        folds.get(0).whenOpened = () -> {
            throw new TablesException("the tables are away");
        };
        assertThatExceptionOfType(TablesException.class).isThrownBy(this::acquire);
        folds.get(0).whenOpened = () -> {
            throw new OutOfMemoryError("Java heap space");
        };
        assertThatExceptionOfType(OutOfMemoryError.class).isThrownBy(this::acquire);
        folds.get(0).whenOpened = () -> {};
        acquire();
        assertThat(folds).as("nobody had to take it over").hasSize(1);
    }

    @Test
    void aRetiredSourceIsNotOpened() {
        retirement = new Retirement(
                Retirement.Action.SKIP, Instant.EPOCH, "ann", null, 9, new Retirement.FoundLog("id", 12L, 20L), 12);
        assertThatExceptionOfType(StartRefusedException.class).isThrownBy(this::acquire);
        assertThat(folds.get(0).calls).isEmpty();
        retirement = null;
        acquire();
        assertThat(folds).as("it was released").hasSize(1);
    }

    @Test
    void dueFlushesRunBetweenTasksIfTheyAreDeferred() throws InterruptedException {
        CountDownLatch continued = new CountDownLatch(1);
        SourceLease follower = leases.acquire(SOURCE, FeedQuery.RAW_BY_GROUP, this::newLease);
        follower.apply(RECORDS);
        follower.close();
        SourceLease decider = acquire();
        folds.get(1).whenContinued = continued::countDown;
        decider.apply(RECORDS);
        decider.close();
        continued.await();
        assertThat(folds.get(1).calls).containsExactly("open", "apply 1", "begin flush 1.0", "try end flush");
        assertThat(folds.get(0).calls).containsExactly("open", "apply 1");
    }

    @Test
    void aFailedFlushBetweenTasksDoesNotEndTheOthers() throws InterruptedException {
        CountDownLatch first = new CountDownLatch(1);
        CountDownLatch second = new CountDownLatch(2);
        SourceLease lease = acquire();
        folds.get(0).whenContinued = () -> {
            first.countDown();
            second.countDown();
            throw new TablesException("the tables are away");
        };
        lease.apply(RECORDS);
        lease.close();
        first.await();
        SourceLease next = acquire();
        assertThat(next.hasFailedBetweenTasks()).isTrue();
        next.apply(RECORDS);
        next.close();
        second.await();
        assertThat(folds).hasSize(1);
    }

    @Test
    void noTaskStartsAfterTheFlusherHasEnded() throws Exception {
        CountDownLatch continued = new CountDownLatch(1);
        SourceLease lease = acquire();
        folds.get(0).whenContinued = () -> {
            continued.countDown();
            throw new OutOfMemoryError("Java heap space");
        };
        lease.apply(RECORDS);
        lease.close();
        continued.await();
        flusher.submit(() -> {}).get(); // runs after it
        assertThatThrownBy(this::acquire)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("the flusher of this process has ended with an error");
    }

    @Test
    void everythingIsFlushedAtTheEndOfARun() {
        acquire().close();
        leases.acquire(SOURCE, FeedQuery.RAW_BY_GROUP, this::newLease).close();
        leases.flush(0);
        assertThat(folds).allSatisfy(fold -> assertThat(fold.calls).containsExactly("open", "flush"));
    }

    @Test
    void tasksFailAfterTheEndOfARun() {
        SourceLease running = acquire();
        leases.close();
        assertRevoked(running);
        assertThatThrownBy(this::acquire)
                .isInstanceOf(TablesException.class)
                .hasMessageContaining("the run has ended in this process");
        leases.close();
    }

    private SourceLease acquire() {
        return leases.acquire(SOURCE, FeedQuery.RAW_BY_DEVICE, this::newLease);
    }

    private SourceLease takeOver() {
        return impatient.acquire(SOURCE, FeedQuery.RAW_BY_DEVICE, this::newLease);
    }

    private SourceLease newLease() {
        FakeFold fold = new FakeFold();
        folds.add(fold);
        return new SourceLease(
                SOURCE,
                fold,
                check,
                source -> Optional.ofNullable(retirement),
                new MicroBatchSchedule(Duration.ZERO, Duration.ZERO),
                new FoldMeters(new SimpleMeterRegistry(), SOURCE, "fused"));
    }

    private static void assertRevoked(SourceLease lease) {
        assertThatThrownBy(() -> lease.apply(RECORDS))
                .isInstanceOf(TablesException.class)
                .hasMessageContaining("another task has taken over");
    }

    private static boolean isOwned(SourceLease lease) {
        try {
            lease.hasReadingsInFlight();
            return true;
        } catch (TablesException revoked) {
            return false;
        }
    }
}
