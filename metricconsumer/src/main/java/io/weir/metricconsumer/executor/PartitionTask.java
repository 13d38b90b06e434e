package io.weir.metricconsumer.executor;

import io.weir.core.fold.port.LogRecord;
import io.weir.core.fold.port.TablesException;
import io.weir.metricconsumer.config.WeirSettings;
import io.weir.metricconsumer.failure.SourceFailedException;
import io.weir.metricconsumer.topic.TopicSources;
import io.weir.storage.run.FeedQuery;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import org.apache.spark.sql.Row;
import org.jspecify.annotations.Nullable;

/**
 * The work of a foreach writer between open and close: collects the records of one source into chunks, and applies
 * these to the source's fold. In Real-Time Mode, where a task may wait long for its next record, a {@link Flusher}
 * applies and flushes records meanwhile.
 */
final class PartitionTask {

    private final WeirSettings settings;
    private final String topic;
    private final FeedQuery query;
    private final IntFunction<SourceLease> leases;
    private final int chunkRecords;
    private final long maxChunkBytes;
    private final long lingerNanos;
    private final List<LogRecord> chunk = new ArrayList<>();

    private int partition = -1;
    private long chunkBegan;
    private long chunkBytes;
    private @Nullable SourceLease lease;
    private @Nullable Flusher flusher;

    /** Set while the lock is held, so that no record is applied after it. */
    private volatile @Nullable Throwable flusherFailure;

    /** @param leases acquires the lease of a partition for this task */
    PartitionTask(WeirSettings settings, TopicSources sources, FeedQuery query, IntFunction<SourceLease> leases) {
        this.settings = settings;
        this.topic = sources.topic();
        this.query = query;
        this.leases = leases;
        this.chunkRecords = settings.chunkRecords(query);
        this.maxChunkBytes = settings.fold(
                        sources.byPartition().size(), Runtime.getRuntime().maxMemory())
                .stepBytes();
        this.lingerNanos = settings.spark().realtime().linger().toNanos();
    }

    synchronized void add(Row row) {
        SourceLease held = leaseFor(row.getInt(RecordColumns.PARTITION));
        requireFlusherAlive();
        if (chunk.isEmpty()) {
            chunkBegan = System.nanoTime();
        }
        held.requireBrokerTimestamp(RecordColumns.isBrokerTimestamp(row), RecordColumns.offset(row));
        LogRecord record = RecordColumns.record(row);
        chunk.add(record);
        chunkBytes += record.heapBytes();
        if (chunk.size() >= chunkRecords || chunkBytes >= maxChunkBytes) {
            held.flushIfDue();
            apply(held);
        }
    }

    /**
     * Applies the remaining records and makes their raw rows durable, with rollups and ledger unless their flush is
     * deferred. After a failure, applies no more records, and flushes what was applied unless that is deferred.
     *
     * @param error why the task has failed; null if it has not
     * @throws TablesException if the flusher has failed, which the task may know only as an interrupt
     */
    void end(@Nullable Throwable error) {
        Throwable cause = flusherFailure; // before the flusher fails of an interrupt
        Flusher running = flusher;
        if (running != null) { // without the lock, which the flusher may be waiting for
            if (error != null && !query.decides()) {
                running.interrupt(); // it may be waiting for the decider
            }
            running.close();
        }
        finish(error);
        if (cause != null && !(error instanceof SourceFailedException)) { // which says that it was reported
            throw flusherHasFailed(cause);
        }
    }

    private synchronized void finish(@Nullable Throwable error) {
        SourceLease held = lease;
        if (held == null) {
            return;
        }
        try (held) {
            if (error == null) {
                applyRest(held);
            } else if (!settings.isFlushDeferred(query)) {
                held.flushAfterFailure();
            }
        }
    }

    private void applyRest(SourceLease held) {
        if (settings.isFlushDeferred(query) && !held.hasFailedBetweenTasks()) {
            apply(held);
            held.awaitReadings();
            held.flushIfDue();
            return;
        }
        try {
            requireFlusherAlive();
            apply(held);
        } catch (RuntimeException e) {
            held.flushAfterFailure();
            throw e;
        }
        held.flush();
    }

    /** Continues a due flush, and applies the pending records unless waiting for more is better. */
    private synchronized void flushAndApply() {
        SourceLease held = lease;
        if (held == null) {
            return;
        }
        try {
            held.flushIfDue();
            if (!chunk.isEmpty() && !shouldLinger(held)) {
                apply(held);
            }
        } catch (RuntimeException | Error e) {
            flusherFailure = e;
            throw e;
        }
    }

    /**
     * Returns whether to wait for more records, because larger batches cost Cassandra less. Waits at most the linger
     * time, and in the decider only while earlier readings are being written.
     */
    private boolean shouldLinger(SourceLease held) {
        return System.nanoTime() - chunkBegan < lingerNanos && (held.hasReadingsInFlight() || !query.decides());
    }

    private SourceLease leaseFor(int rowPartition) {
        SourceLease held = lease;
        if (held == null) {
            partition = rowPartition;
            held = leases.apply(partition);
            lease = held;
            if (settings.isRealTime(query)) {
                flusher = new Flusher(this::flushAndApply, Duration.ofNanos(Math.max(1, lingerNanos / 2)));
            }
        } else if (rowPartition != partition) {
            throw new IllegalStateException("a task received records of the partitions " + partition + " and "
                    + rowPartition + " of " + topic + "; expected one partition per task");
        }
        return held;
    }

    private void apply(SourceLease held) {
        if (!chunk.isEmpty()) {
            held.apply(chunk);
            chunk.clear();
            chunkBytes = 0;
        }
    }

    private void requireFlusherAlive() {
        Throwable failure = flusherFailure;
        if (failure != null) {
            throw flusherHasFailed(failure);
        }
    }

    private static TablesException flusherHasFailed(Throwable cause) {
        return new TablesException("pending records could not be applied: " + cause.getMessage(), cause);
    }
}
