package io.weir.metricconsumer.executor;

import io.weir.metricconsumer.config.WeirSettings;
import io.weir.metricconsumer.failure.SourceFailedException;
import io.weir.metricconsumer.run.RunTerms;
import io.weir.metricconsumer.topic.TopicSources;
import io.weir.storage.run.FeedQuery;
import io.weir.storage.source.SourceId;
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
public final class FoldForeachWriter extends ForeachWriter<Row> {

    private static final Logger LOG = LoggerFactory.getLogger(FoldForeachWriter.class);
    private static final int NO_PARTITION = -1;

    private final WeirSettings settings;
    private final RunTerms terms;
    private final TopicSources sources;
    private final FeedQuery query;

    private transient @Nullable PartitionTask task;
    private transient int partition;
    private transient long offset;

    /**
     * @param sources the sources of the topic's partitions; partitions added later get theirs with their first records
     */
    public FoldForeachWriter(WeirSettings settings, RunTerms terms, TopicSources sources, FeedQuery query) {
        this.settings = settings;
        this.terms = terms;
        this.sources = sources;
        this.query = query;
    }

    @Override
    public boolean open(long partitionId, long epochId) {
        partition = NO_PARTITION;
        task = new PartitionTask(settings, sources, query, assigned -> ExecutorContext.of(settings, terms)
                .acquire(sources, assigned, query));
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
        PartitionTask ending = current();
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

    private PartitionTask current() {
        if (task == null) {
            throw new IllegalStateException("the writer was not opened");
        }
        return task;
    }
}
