package io.weir.metricconsumer.executor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.weir.core.fold.port.TablesException;
import io.weir.metricconsumer.config.WeirSettings;
import io.weir.metricconsumer.failure.SourceFailedException;
import io.weir.metricconsumer.run.RecordAge;
import io.weir.metricconsumer.topic.TopicSources;
import io.weir.storage.run.FeedQuery;
import io.weir.storage.source.SourceId;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.common.record.TimestampType;
import org.apache.spark.SparkException;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class PartitionTaskTest {

    private static final int PARTITION = 3;
    private static final SourceId SOURCE = new SourceId(7, "readings", "id", PARTITION);
    private static final TopicSources SOURCES = new TopicSources("readings", "id", Map.of(PARTITION, SOURCE), Map.of());
    private static final Throwable ELSEWHERE = new IllegalStateException("the stage was cancelled");

    private final FakeFold fold = new FakeFold();
    private final SourceLease lease = new SourceLease(
            SOURCE,
            fold,
            new RecordCheck(
                    SOURCE.topic(),
                    () -> () -> true,
                    source -> {},
                    new RecordAge(SOURCE.topic(), null, Clock.systemUTC())),
            source -> Optional.empty(),
            new MicroBatchSchedule(Duration.ofDays(1), Duration.ofDays(1)),
            new FoldMeters(new SimpleMeterRegistry(), SOURCE, "fused"));
    private long offset;

    @AfterEach
    void clearInterruptStatus() {
        Thread.interrupted();
    }

    @Test
    void aTaskWithoutRecordsAcquiresNothing() {
        PartitionTask task = new PartitionTask(settings(Map.of()), SOURCES, FeedQuery.RAW_BY_DEVICE, partition -> {
            throw new AssertionError("acquired " + partition);
        });
        task.end(null);
        task.end(ELSEWHERE);
    }

    @Test
    void recordsAreAppliedInChunksAndTheRestAtTheEnd() {
        PartitionTask task = microBatch();
        add(task, 5);
        assertThat(fold.calls).containsExactly("apply 2", "begin flush 1.0", "apply 2");
        task.end(null);
        assertThat(fold.calls.subList(3, fold.calls.size()))
                .as("the flush that has begun goes on")
                .containsExactly("apply 1", "await readings", "try end flush");
        assertReleased();
    }

    @Test
    void aFlushThatFailedBetweenTasksIsRepeatedByTheNextTask() {
        fold.fails = true;
        lease.flushBetweenTasks(0);
        fold.fails = false;
        PartitionTask task = microBatch();
        add(task, 1);
        task.end(null);
        assertThat(fold.calls).containsExactly("flush", "apply 1", "flush");
        assertReleased();
    }

    @Test
    void aFailedTaskAppliesNothingMoreAndLeavesDeferredFlushesToOthers() {
        PartitionTask task = microBatch();
        add(task, 3);
        task.end(ELSEWHERE);
        assertThat(fold.calls).containsExactly("apply 2");
        assertReleased();
    }

    @Test
    void aFailedTaskFlushesWhatItHasAppliedIfNobodyElseWould() {
        PartitionTask task = task(Map.of("weir.pipeline.layout", "eight"), FeedQuery.RAW_BY_DEVICE);
        add(task, 3);
        task.end(ELSEWHERE);
        assertThat(fold.calls).containsExactly("apply 2", "flush");
        assertReleased();
    }

    @Test
    void aTaskWhoseRecordsCannotBeAppliedReleasesItsSource() {
        fold.whenApplied = () -> {
            throw new IllegalStateException("the fold is wrong");
        };
        PartitionTask task = microBatch();
        assertThatThrownBy(() -> add(task, 2)).hasMessage("the fold is wrong");
        task.end(ELSEWHERE);
        assertReleased();
    }

    @Test
    void aTaskWhoseRestCannotBeAppliedFlushesAndFails() {
        PartitionTask task = task(Map.of("weir.pipeline.layout", "eight"), FeedQuery.RAW_BY_DEVICE);
        add(task, 1);
        fold.whenApplied = () -> {
            throw new IllegalStateException("the fold is wrong");
        };
        assertThatThrownBy(() -> task.end(null)).hasMessage("the fold is wrong");
        assertThat(fold.calls).containsExactly("apply 1", "flush");
        assertReleased();
    }

    @Test
    void aTaskWhoseFlushFailsReleasesItsSource() {
        fold.fails = true;
        PartitionTask task = task(Map.of("weir.pipeline.layout", "eight"), FeedQuery.RAW_BY_DEVICE);
        add(task, 1);
        assertThatExceptionOfType(TablesException.class).isThrownBy(() -> task.end(null));
        assertReleased();
    }

    @Test
    void aTaskThatGetsNoLeaseHasNoneToRelease() {
        PartitionTask task = new PartitionTask(settings(Map.of()), SOURCES, FeedQuery.RAW_BY_DEVICE, partition -> {
            throw new TablesException("the tables are away");
        });
        assertThatExceptionOfType(TablesException.class).isThrownBy(() -> task.add(row(PARTITION)));
        task.end(ELSEWHERE);
        assertReleased();
    }

    @Test
    void aTaskReadsOnePartition() {
        PartitionTask task = microBatch();
        add(task, 1);
        assertThatExceptionOfType(IllegalStateException.class)
                .isThrownBy(() -> task.add(row(4)))
                .withMessageContaining("the partitions 3 and 4 of readings; expected one partition per task");
        task.end(ELSEWHERE);
        assertReleased();
    }

    @Test
    void inRealTimeARecordIsAppliedWhileTheTaskWaitsForTheNext() throws InterruptedException {
        CountDownLatch applied = new CountDownLatch(1);
        fold.answers = false;
        fold.whenApplied = applied::countDown;
        PartitionTask task = realTime(FeedQuery.RAW_BY_DEVICE);
        add(task, 1);
        applied.await();
        task.end(null);
        assertThat(fold.calls).filteredOn(call -> call.startsWith("apply")).containsExactly("apply 1");
        assertThat(fold.calls).endsWith("flush");
        assertReleased();
    }

    @Test
    void inRealTimeTheEndWaitsForTheRecordsBeingApplied() throws InterruptedException {
        CountDownLatch applying = new CountDownLatch(1);
        CountDownLatch resume = new CountDownLatch(1);
        fold.answers = false;
        fold.whenApplied = () -> {
            applying.countDown();
            await(resume);
        };
        PartitionTask task = realTime(FeedQuery.RAW_BY_DEVICE);
        add(task, 1);
        applying.await();
        Thread ending = new Thread(() -> task.end(null));
        ending.start();
        while (ending.getState() != Thread.State.TIMED_WAITING) {
            Thread.onSpinWait();
        }
        assertThat(fold.calls).doesNotContain("flush");
        resume.countDown();
        ending.join();
        assertThat(fold.calls).filteredOn(call -> call.startsWith("apply")).containsExactly("apply 1");
        assertThat(fold.calls).endsWith("flush");
    }

    /** The task itself only sees the interrupt, which would pass for a failure that a retry may fix. */
    @Test
    void inRealTimeTheFailureBehindAnInterruptIsReported() {
        RuntimeException wrong = new IllegalStateException("the fold is wrong");
        PartitionTask task = interruptedInRealTime(wrong);
        assertThatThrownBy(() -> task.end(new SparkException("aborted")))
                .isInstanceOf(TablesException.class)
                .hasMessageContaining("the fold is wrong")
                .hasCause(wrong);
        assertThat(fold.calls).doesNotContain("flush");
        assertReleased();
    }

    @Test
    void inRealTimeAFailureIsReportedOnce() {
        PartitionTask task = interruptedInRealTime(new IllegalStateException("the fold is wrong"));
        TablesException reported = catchThrowableOfType(TablesException.class, () -> task.add(row(PARTITION)));
        assertThat(reported).hasMessageContaining("the fold is wrong");
        task.end(new SourceFailedException(SOURCE, 1, reported));
        assertReleased();
    }

    @Test
    void inRealTimeAnErrorFailsTheTask() {
        fold.answers = false;
        fold.whenApplied = () -> {
            throw new OutOfMemoryError("Java heap space");
        };
        PartitionTask task = realTime(FeedQuery.RAW_BY_DEVICE);
        add(task, 1);
        assertThatExceptionOfType(InterruptedException.class)
                .isThrownBy(() -> new CountDownLatch(1).await(5, TimeUnit.SECONDS));
        fold.isOpen = false;
        assertThatThrownBy(() -> task.add(row(PARTITION))).hasMessageContaining("Java heap space");
    }

    /** A closed fold would refuse them, and the driver would learn of that instead of the cause. */
    @RepeatedTest(200)
    void inRealTimeNoRecordIsAppliedAfterAFailure() throws InterruptedException {
        CountDownLatch applying = new CountDownLatch(1);
        CountDownLatch fail = new CountDownLatch(1);
        fold.answers = false;
        fold.whenApplied = () -> {
            applying.countDown();
            await(fail);
            throw new IllegalStateException("the fold is wrong");
        };
        PartitionTask task = realTime(FeedQuery.RAW_BY_DEVICE);
        add(task, 1);
        applying.await();
        Thread failing = new Thread(fail::countDown);
        failing.start();
        assertThatThrownBy(() -> add(task, 2)).isInstanceOf(TablesException.class);
        assertThat(fold.calls).filteredOn(call -> call.startsWith("apply")).hasSize(1);
        task.end(new SourceFailedException(SOURCE, 1, new IllegalStateException("reported")));
        assertReleased();
        failing.join();
    }

    @Test
    void aFollowerThatFailsDoesNotWaitForTheDecider() throws InterruptedException {
        CountDownLatch applying = new CountDownLatch(1);
        fold.answers = false;
        fold.whenApplied = () -> {
            applying.countDown();
            await(new CountDownLatch(1)); // for the decider, which never comes
        };
        PartitionTask task = task(
                Map.of(
                        "weir.pipeline.layout", "eight",
                        "weir.spark.chunk-records", "14", // shared by seven followers
                        "weir.spark.trigger", "realtime",
                        "weir.spark.realtime.linger", "1 ms"),
                FeedQuery.RAW_BY_GROUP);
        add(task, 1);
        applying.await();
        task.end(ELSEWHERE); // without an exception of its own, which would replace the first
        assertReleased();
    }

    private PartitionTask microBatch() {
        return task(Map.of(), FeedQuery.RAW_BY_DEVICE);
    }

    /** Returns a task that was interrupted, because its flusher has failed to apply a record. */
    private PartitionTask interruptedInRealTime(RuntimeException failure) {
        fold.answers = false;
        fold.whenApplied = () -> {
            throw failure;
        };
        PartitionTask task = realTime(FeedQuery.RAW_BY_DEVICE);
        add(task, 1);
        assertThatExceptionOfType(InterruptedException.class).isThrownBy(() -> new CountDownLatch(1).await());
        fold.isOpen = false;
        return task;
    }

    private PartitionTask realTime(FeedQuery query) {
        return task(Map.of("weir.spark.trigger", "realtime", "weir.spark.realtime.linger", "1 ms"), query);
    }

    private PartitionTask task(Map<String, String> settings, FeedQuery query) {
        return new PartitionTask(settings(settings), SOURCES, query, partition -> {
            assertThat(partition).isEqualTo(PARTITION);
            assertThat(lease.tryAcquire(0)).isTrue();
            return lease;
        });
    }

    private static WeirSettings settings(Map<String, String> changed) {
        Map<String, String> all = new HashMap<>(Map.of("spark.weir.spark.chunk-records", "2"));
        changed.forEach((key, value) -> all.put("spark." + key, value));
        return WeirSettings.load(null, Map.of(), all);
    }

    private void add(PartitionTask task, int records) {
        for (int i = 0; i < records; i++) {
            task.add(row(PARTITION));
        }
    }

    private Row row(int partition) {
        return RowFactory.create(partition, offset++, 0L, null, new byte[8], TimestampType.LOG_APPEND_TIME.id);
    }

    private void assertReleased() {
        Thread.interrupted(); // by the flusher, when it has failed
        assertThat(lease.tryAcquire(0)).as("the lease is released").isTrue();
        assertThat(lease.tryAcquire(0)).as("once").isFalse();
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new TablesException("interrupted", e);
        }
    }
}
