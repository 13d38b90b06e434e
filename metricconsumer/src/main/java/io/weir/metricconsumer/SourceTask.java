package io.weir.metricconsumer;

import io.weir.core.fold.LogRecord;
import io.weir.core.fold.TablesException;
import io.weir.metricconsumer.config.SparkSettings;
import io.weir.metricconsumer.config.WeirSettings;
import io.weir.storage.TableQuery;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Row;
import org.jspecify.annotations.Nullable;

/**
 * What lives from a writer's open to its close: gathers the records of one source into chunks and applies them to its
 * fold. In Real-Time Mode, where a task runs for minutes and may wait for its next record, a {@link Flusher} sees to it
 * that what has come does not wait with it.
 */
final class SourceTask {

    private final WeirSettings settings;
    private final RunTerms terms;
    private final TopicSources sources;
    private final TableQuery query;
    private final int chunkRecords;
    private final long lingerNanos;
    private final List<LogRecord> chunk = new ArrayList<>();

    private int partition = -1;
    private long chunkBegan;
    private long chunkBytes;
    private long maxChunkBytes;
    private @Nullable SourceLease lease;
    private @Nullable Flusher flusher;

    SourceTask(WeirSettings settings, RunTerms terms, TopicSources sources, TableQuery query) {
        SparkSettings spark = settings.spark();
        this.settings = settings;
        this.terms = terms;
        this.sources = sources;
        this.query = query;
        this.chunkRecords = settings.chunkRecords(query);
        this.lingerNanos = spark.realtime().linger().toNanos();
    }

    synchronized void add(Row row) {
        SourceLease held = leaseFor(row.getInt(RecordColumns.PARTITION));
        requireFlusherAlive();
        if (chunk.isEmpty()) {
            chunkBegan = System.nanoTime();
        }
        held.requireTimedByBroker(RecordColumns.isTimedByBroker(row), RecordColumns.offset(row));
        LogRecord record = RecordColumns.record(row);
        chunk.add(record);
        chunkBytes += record.heapBytes();
        if (chunk.size() >= chunkRecords || chunkBytes >= maxChunkBytes) {
            held.flushIfDue();
            apply(held);
        }
    }

    /**
     * Leaves the raw rows of what was applied durable, and rollups and ledger with them unless they follow later; after
     * a failure elsewhere, such as a killed task, without applying the rest.
     */
    void end(@Nullable Throwable error) {
        Flusher running = flusher;
        if (running != null) { // not under the lock, which it may be waiting for
            if (error != null && !query.decides()) {
                running.interrupt(); // it may be waiting for the query that decides
            }
            running.close();
        }
        finish(error);
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

    /** Goes on with closing prefixes, and applies what has come unless it had better wait for more. */
    private synchronized void tick() {
        SourceLease held = lease;
        if (held == null) {
            return;
        }
        held.flushIfDue();
        if (!chunk.isEmpty() && !isWorthWaiting(held)) {
            apply(held);
        }
    }

    /** Whether more readings may come in time: as long as those before them are being written, which costs the tables less. */
    private boolean isWorthWaiting(SourceLease held) {
        return System.nanoTime() - chunkBegan < lingerNanos && (held.hasReadingsInFlight() || !query.decides());
    }

    private SourceLease leaseFor(int rowPartition) {
        SourceLease held = lease;
        if (held == null) {
            partition = rowPartition;
            SourceLeases leases = SourceLeases.of(settings, terms);
            maxChunkBytes = leases.foldSettings(sources).stepBytes();
            held = leases.acquire(sources, partition, query);
            lease = held;
            if (settings.isRealTime(query)) {
                flusher = new Flusher(this::tick, Duration.ofNanos(Math.max(1, lingerNanos / 2)));
            }
        } else if (rowPartition != partition) {
            throw new IllegalStateException("a task got records of the partitions " + partition + " and " + rowPartition
                    + " of " + sources.topic() + ": one task must read one source");
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
        RuntimeException failure = flusher == null ? null : flusher.failure();
        if (failure != null) {
            throw new TablesException("what had come could not be applied: " + failure.getMessage(), failure);
        }
    }
}
