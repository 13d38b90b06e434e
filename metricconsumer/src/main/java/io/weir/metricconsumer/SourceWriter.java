package io.weir.metricconsumer;

import io.weir.core.fold.LogRecord;
import io.weir.metricconsumer.config.WeirSettings;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.ForeachWriter;
import org.apache.spark.sql.Row;
import org.jspecify.annotations.Nullable;

/**
 * The foreach writer of the application: takes the records of one topic partition from its task and applies them,
 * chunk by chunk, to the fold of their source.
 *
 * <p>A task that ends, for whatever reason, leaves durable what it has applied; a replay skips it.
 */
final class SourceWriter extends ForeachWriter<Row> {

    private final WeirSettings settings;
    private final TopicSources sources;

    private transient @Nullable Task task;

    /**
     * @param sources whose records come; partitions that are added later get theirs when they have records
     */
    SourceWriter(WeirSettings settings, TopicSources sources) {
        this.settings = settings;
        this.sources = sources;
    }

    @Override
    public boolean open(long partitionId, long epochId) {
        task = new Task();
        return true;
    }

    @Override
    public void process(Row row) {
        current().add(row);
    }

    @Override
    public void close(@Nullable Throwable error) {
        Task ending = current();
        task = null;
        ending.end(error);
    }

    private Task current() {
        if (task == null) {
            throw new IllegalStateException("the writer was not opened");
        }
        return task;
    }

    /** What lives from open to close. */
    private final class Task {

        private final List<LogRecord> chunk = new ArrayList<>();
        private final long flushNanos = settings.spark().flushInterval().toNanos();
        private long lastFlush = System.nanoTime();
        private int partition = -1;
        private @Nullable SourceLease lease;

        void add(Row row) {
            int rowPartition = row.getInt(RecordColumns.PARTITION);
            if (lease == null) {
                partition = rowPartition;
                lease = SourceLeases.of(settings).acquire(sources, partition);
            } else if (rowPartition != partition) {
                throw new IllegalStateException("a task got records of the partitions " + partition + " and "
                        + rowPartition + " of " + sources.topic() + ": one task must read one source");
            }
            chunk.add(RecordColumns.record(row));
            if (chunk.size() >= settings.spark().chunkRecords()) {
                apply(lease);
            }
        }

        /** Closes the prefix that was applied; after a failure elsewhere, such as a killed task, without the rest. */
        void end(@Nullable Throwable error) {
            SourceLease held = lease;
            if (held == null) {
                return;
            }
            try (held) {
                if (error == null) {
                    finish(held);
                } else {
                    held.flushAfterFailure();
                }
            }
        }

        private void finish(SourceLease held) {
            try {
                applyChunk(held);
            } catch (RuntimeException e) {
                held.flushAfterFailure();
                throw e;
            }
            held.flush();
        }

        private void apply(SourceLease held) {
            applyChunk(held);
            if (System.nanoTime() - lastFlush > flushNanos) {
                held.flush();
                lastFlush = System.nanoTime();
            }
        }

        /** Nothing is applied of which it is not sure that it is from the source's own log. */
        private void applyChunk(SourceLease held) {
            if (!chunk.isEmpty()) {
                SourceLeases.of(settings).topic().requireUnchanged(sources.topic(), sources.topicId());
                held.apply(chunk);
                chunk.clear();
            }
        }
    }
}
