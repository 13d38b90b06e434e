package io.weir.metricconsumer.driver;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;

/** The meters of one streaming query on the driver. Thread-safe. */
final class QueryMeters {

    private final Timer batches;
    private final Counter records;
    private final Counter transientFailures;
    private final Counter lastingFailures;
    private final Counter restarts;

    /** @param query the name of the query in Spark */
    QueryMeters(MeterRegistry registry, String topic, String query) {
        Tags tags = Tags.of("topic", topic, "query", query);
        this.batches = Timer.builder("weir.pipeline.batch")
                .description("Batches that the query has committed, and their duration")
                .tags(tags)
                .register(registry);
        this.records = Counter.builder("weir.pipeline.records")
                .description("Records in the batches that the query has committed; replays count again")
                .tags(tags)
                .register(registry);
        this.transientFailures = failures(registry, tags.and("kind", "transient"));
        this.lastingFailures = failures(registry, tags.and("kind", "lasting"));
        this.restarts = Counter.builder("weir.pipeline.restarts")
                .description("Restarts of the query after a failure, or because the ledgers stood still or went back")
                .tags(tags)
                .register(registry);
    }

    void recordBatch(long read, Duration duration) {
        batches.record(duration);
        records.increment((double) read);
    }

    /** @param isTransient whether a retry may fix it */
    void recordFailure(boolean isTransient) {
        (isTransient ? transientFailures : lastingFailures).increment();
    }

    void recordRestart() {
        restarts.increment();
    }

    private static Counter failures(MeterRegistry registry, Tags tags) {
        return Counter.builder("weir.pipeline.failures")
                .description("Failures of the query")
                .tags(tags)
                .register(registry);
    }
}
