package io.weir.metricconsumer.executor;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.weir.core.fold.engine.FoldStatistics;
import io.weir.core.fold.port.Ledger;
import io.weir.core.fold.rollup.CacheStatistics;
import io.weir.core.reading.RejectReason;
import io.weir.storage.source.SourceId;
import java.util.Map;
import org.junit.jupiter.api.Test;

class FoldMetersTest {

    private static final Tags PARTITION = Tags.of("topic", "readings", "partition", "3");
    private static final Tags QUERY = Tags.of("topic", "readings", "query", "fused");

    /** The statistics of a fold that has resumed from a ledger and a cache in use. */
    private static final FoldStatistics BEFORE = new FoldStatistics(
            new Ledger(99, 1000, 900, 60, Map.of(RejectReason.MALFORMED, 40L)),
            7,
            new CacheStatistics(500, 50, 20, 4000));

    private static final FoldStatistics AFTER = new FoldStatistics(
            new Ledger(109, 1010, 904, 61, Map.of(RejectReason.MALFORMED, 42L, RejectReason.CONFLICT, 3L)),
            9,
            new CacheStatistics(550, 54, 21, 4800));

    private final MeterRegistry registry = new SimpleMeterRegistry();
    private final FoldMeters meters = new FoldMeters(registry, new SourceId(7, "readings", "id", 3), "fused");

    @Test
    void aChunkCountsWhatItHasAdded() {
        meters.recordChunk(5, BEFORE, AFTER);
        assertThat(readings("stored", "")).isEqualTo(4);
        assertThat(readings("duplicate", "")).isEqualTo(1);
        assertThat(readings("rejected", "malformed")).isEqualTo(2);
        assertThat(readings("rejected", "conflict")).isEqualTo(3);
        assertThat(count("weir.pipeline.lookups", QUERY.and("table", "raw"))).isEqualTo(2);
        assertThat(count("weir.pipeline.lookups", QUERY.and("table", "rollup"))).isEqualTo(1);
        assertThat(count("weir.pipeline.cache.requests", QUERY.and("result", "hit")))
                .isEqualTo(50);
        assertThat(count("weir.pipeline.cache.requests", QUERY.and("result", "miss")))
                .isEqualTo(4);
        assertThat(meters.cacheBytes()).isEqualTo(4800);
    }

    @Test
    void chunksAddUp() {
        meters.recordChunk(5, BEFORE, AFTER);
        meters.recordChunk(5, BEFORE, AFTER);
        assertThat(readings("stored", "")).isEqualTo(8);
    }

    /** A reason that never occurs has no time series. */
    @Test
    void outcomesThatHaveNotOccurredAreAbsent() {
        meters.recordChunk(5, BEFORE, BEFORE);
        assertThat(registry.find("weir.pipeline.readings").counters()).isEmpty();
    }

    @Test
    void aSuccessorOfTheFoldContinuesItsCounters() {
        meters.recordChunk(5, BEFORE, AFTER);
        new FoldMeters(registry, new SourceId(8, "readings", "id", 3), "fused").recordChunk(5, BEFORE, AFTER);
        assertThat(readings("stored", "")).isEqualTo(8);
    }

    private double readings(String outcome, String reason) {
        return count("weir.pipeline.readings", PARTITION.and("outcome", outcome, "reason", reason));
    }

    private double count(String name, Tags tags) {
        return registry.get(name).tags(tags).counter().count();
    }
}
