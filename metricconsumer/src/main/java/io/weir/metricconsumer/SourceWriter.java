package io.weir.metricconsumer;

import io.weir.metricconsumer.config.WeirSettings;
import io.weir.storage.SourceId;
import io.weir.storage.TableQuery;
import org.apache.spark.sql.ForeachWriter;
import org.apache.spark.sql.Row;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The foreach writer of a query: applies the records of one topic partition, chunk by chunk, to the fold of their
 * source.
 *
 * <p>A replay is harmless: the fold skips records that its ledger accounts for, and writes the rows of others again
 * unchanged.
 */
final class SourceWriter extends ForeachWriter<Row> {

    private static final Logger LOG = LoggerFactory.getLogger(SourceWriter.class);
    private static final int NO_PARTITION = -1;

    private final WeirSettings settings;
    private final RunTerms terms;
    private final TopicSources sources;
    private final TableQuery query;

    private transient @Nullable SourceTask task;
    private transient int partition;
    private transient long offset;

    /**
     * @param sources the sources of the topic's partitions; partitions added later get theirs with their first records
     */
    SourceWriter(WeirSettings settings, RunTerms terms, TopicSources sources, TableQuery query) {
        this.settings = settings;
        this.terms = terms;
        this.sources = sources;
        this.query = query;
    }

    @Override
    public boolean open(long partitionId, long epochId) {
        partition = NO_PARTITION;
        task = new SourceTask(settings, terms, sources, query);
        return true;
    }

    @Override
    public void process(Row row) {
        partition = row.getInt(RecordColumns.PARTITION);
        offset = RecordColumns.offset(row);
        try {
            current().add(row);
        } catch (RuntimeException e) {
            throw withSource(e);
        }
    }

    @Override
    public void close(@Nullable Throwable error) {
        SourceTask ending = current();
        task = null;
        try {
            ending.end(error);
        } catch (RuntimeException e) {
            throw withSource(e);
        }
    }

    /** Adds the failed source to a failure, for the driver. The cause stays in the log of this process. */
    private RuntimeException withSource(RuntimeException failure) {
        SourceId source = sources.byPartition().get(partition);
        if (source == null) {
            return failure;
        }
        LOG.warn(
                "{} partition {}: cannot apply the records up to offset {}",
                sources.topic(),
                partition,
                offset,
                failure);
        return new SourceFailedException(source, offset, failure);
    }

    private SourceTask current() {
        if (task == null) {
            throw new IllegalStateException("the writer was not opened");
        }
        return task;
    }
}
