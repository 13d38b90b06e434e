package io.weir.metricconsumer.executor;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import io.weir.core.fold.engine.FoldStatistics;
import io.weir.core.fold.port.Ledger;
import io.weir.core.fold.rollup.CacheStatistics;
import io.weir.storage.source.SourceId;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * The meters of one fold in this process. They are updated once for each chunk of records and each flush, never for a
 * single reading. Folds of the same query share the meters that have no partition. Thread-safe.
 */
final class FoldMeters {

    private static final Duration[] BUCKETS = {
        Duration.ofMillis(10), Duration.ofMillis(100), Duration.ofSeconds(1), Duration.ofSeconds(10)
    };

    private static final String READINGS = "weir.pipeline.readings";

    private final MeterRegistry registry;
    private final Tags partition;
    private final Timer chunks;
    private final Timer flushes;
    private final Counter readingLookUps;
    private final Counter rollupLookUps;
    private final Counter hits;
    private final Counter misses;
    private volatile long cacheBytes;

    /** @param query the name of the query in Spark */
    FoldMeters(MeterRegistry registry, SourceId source, String query) {
        this.registry = registry;
        this.partition = Tags.of("topic", source.topic(), "partition", Integer.toString(source.partition()));
        Tags tags = Tags.of("topic", source.topic(), "query", query);
        this.chunks = Timer.builder("weir.pipeline.chunk")
                .description("Chunks of records, and how long it took to decide them and to send their raw rows")
                .tags(tags)
                .serviceLevelObjectives(BUCKETS)
                .register(registry);
        this.flushes = Timer.builder("weir.pipeline.flush")
                .description("Flushes, and the time until the rollups, and the ledger at the end, were durable")
                .tags(tags)
                .serviceLevelObjectives(BUCKETS)
                .register(registry);
        this.readingLookUps = lookUps(tags.and("table", "raw"));
        this.rollupLookUps = lookUps(tags.and("table", "rollup"));
        this.hits = cacheRequests(tags.and("result", "hit"));
        this.misses = cacheRequests(tags.and("result", "miss"));
    }

    /**
     * Records that a chunk was applied.
     *
     * @param nanos how long that took
     * @param before the fold's statistics before it
     */
    void recordChunk(long nanos, FoldStatistics before, FoldStatistics after) {
        chunks.record(nanos, TimeUnit.NANOSECONDS);
        Ledger from = before.decided();
        Ledger to = after.decided();
        count("stored", "", to.stored() - from.stored());
        count("duplicate", "", to.duplicate() - from.duplicate());
        to.rejected()
                .forEach((reason, count) ->
                        count("rejected", reason.code(), count - from.rejected().getOrDefault(reason, 0L)));
        readingLookUps.increment((double) (after.lookUps() - before.lookUps()));
        CacheStatistics cache = after.cache();
        rollupLookUps.increment((double) (cache.lookUps() - before.cache().lookUps()));
        hits.increment((double) (cache.hits() - before.cache().hits()));
        misses.increment((double) (cache.misses() - before.cache().misses()));
        cacheBytes = cache.bytes();
    }

    /** Records that a flush, or a part of one, was durable after this time. */
    void recordFlush(long nanos) {
        flushes.record(nanos, TimeUnit.NANOSECONDS);
    }

    /** Returns the heap bytes of the fold's cached rows after its last chunk. */
    long cacheBytes() {
        return cacheBytes;
    }

    private void count(String outcome, String reason, long readings) {
        if (readings > 0) {
            Counter.builder(READINGS)
                    .description("Readings that this process has decided; replays count again")
                    .tags(partition.and("outcome", outcome, "reason", reason))
                    .register(registry)
                    .increment((double) readings);
        }
    }

    private Counter lookUps(Tags tags) {
        return Counter.builder("weir.pipeline.lookups")
                .description("Rows that were asked for in Cassandra, to decide readings or to fold them")
                .tags(tags)
                .register(registry);
    }

    private Counter cacheRequests(Tags tags) {
        return Counter.builder("weir.pipeline.cache.requests")
                .description("Requests for a row in memory, by result")
                .tags(tags)
                .register(registry);
    }
}
