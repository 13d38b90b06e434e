package io.weir.metricconsumer;

import io.weir.metricconsumer.config.WeirSettings;
import io.weir.storage.TableQuery;
import org.apache.spark.sql.ForeachWriter;
import org.apache.spark.sql.Row;
import org.jspecify.annotations.Nullable;

/**
 * The foreach writer of a query: takes the records of one topic partition from its task and applies them,
 * chunk by chunk, to the fold of their source.
 *
 * <p>A task that ends, for whatever reason, leaves durable what it has applied; a replay skips it.
 */
final class SourceWriter extends ForeachWriter<Row> {

    private final WeirSettings settings;
    private final RunTerms terms;
    private final TopicSources sources;
    private final TableQuery query;

    private transient @Nullable SourceTask task;

    /**
     * @param sources whose records come; partitions that are added later get theirs when they have records
     */
    SourceWriter(WeirSettings settings, RunTerms terms, TopicSources sources, TableQuery query) {
        this.settings = settings;
        this.terms = terms;
        this.sources = sources;
        this.query = query;
    }

    @Override
    public boolean open(long partitionId, long epochId) {
        task = new SourceTask(settings, terms, sources, query);
        return true;
    }

    @Override
    public void process(Row row) {
        current().add(row);
    }

    @Override
    public void close(@Nullable Throwable error) {
        SourceTask ending = current();
        task = null;
        ending.end(error);
    }

    private SourceTask current() {
        if (task == null) {
            throw new IllegalStateException("the writer was not opened");
        }
        return task;
    }
}
