package io.weir.metricconsumer.driver;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.apache.spark.sql.streaming.StreamingQueryProgress;
import org.junit.jupiter.api.Test;

class BatchLogTest {

    private static final Tags QUERY = Tags.of("topic", "readings", "query", "fused");

    private final MeterRegistry registry = new SimpleMeterRegistry();
    private final List<String> lines = new ArrayList<>();
    private final BatchLog log =
            new BatchLog("fused", Duration.ofSeconds(1), new QueryMeters(registry, "readings", "fused"), lines::add);

    @Test
    void aBatchIsCountedOnce() {
        log.add(reports(batch(0, 10, 200), batch(1, 20, 300)), 0);
        log.add(reports(batch(1, 20, 300), batch(2, 30, 500)), 0);
        assertThat(registry.counter("weir.pipeline.records", QUERY).count()).isEqualTo(60);
        assertThat(registry.timer("weir.pipeline.batch", QUERY).count()).isEqualTo(3);
        assertThat(registry.timer("weir.pipeline.batch", QUERY).totalTime(TimeUnit.MILLISECONDS))
                .isEqualTo(1000);
    }

    /** An idle query reports the number of the batch that will come. */
    @Test
    void anIdleQueryHasNoBatch() {
        log.add(reports(batch(0, 10, 200), batch(1, 0, 3)), 0);
        log.add(reports(batch(0, 10, 200), batch(1, 0, 3), batch(1, 20, 300)), 0);
        assertThat(registry.timer("weir.pipeline.batch", QUERY).count()).isEqualTo(2);
    }

    @Test
    void longBatchesHaveALineEach() {
        log.add(reports(batch(4, 10, 900)), seconds(0));
        log.add(reports(batch(5, 20, 800)), seconds(10));
        assertThat(lines)
                .containsExactly(
                        "fused: batch 4 with 10 records took 0.9 s", "fused: batch 5 with 20 records took 0.8 s");
    }

    @Test
    void shortBatchesShareALine() {
        log.add(reports(batch(4, 10, 900)), seconds(0));
        log.add(reports(batch(5, 20, 800)), seconds(3));
        log.add(reports(batch(6, 30, 700)), seconds(9));
        assertThat(lines).hasSize(1);
        log.add(reports(batch(7, 40, 600)), seconds(12));
        assertThat(lines).hasSize(2).last().isEqualTo("fused: 3 batches up to batch 7 with 90 records took 2.1 s");
    }

    @Test
    void theLastBatchesOfAQueryAreLoggedWhenItEnds() {
        log.add(reports(batch(4, 10, 900)), seconds(0));
        log.end(reports(batch(4, 10, 900), batch(5, 20, 800)), seconds(1));
        assertThat(lines).hasSize(2);
        log.end(reports(), seconds(2));
        assertThat(lines).hasSize(2);
    }

    @Test
    void theNumbersOfBatchesMayBeginAnew() {
        log.end(reports(batch(4, 10, 900)), seconds(0));
        log.add(reports(batch(0, 10, 900)), seconds(1));
        assertThat(registry.timer("weir.pipeline.batch", QUERY).count()).isEqualTo(2);
    }

    @Test
    void aTooLongBatchIsExplainedOnce() {
        log.add(reports(batch(0, 10, 1000)), seconds(0));
        assertThat(lines).noneMatch(line -> line.contains("trigger interval"));
        log.add(reports(batch(1, 10, 1001), batch(2, 10, 4000)), seconds(20));
        log.end(reports(batch(3, 10, 4000)), seconds(40));
        log.add(reports(batch(0, 10, 4000)), seconds(60));
        assertThat(lines.stream().filter(line -> line.contains("longer than the trigger interval of 1.0 s")))
                .singleElement()
                .asString()
                .startsWith("fused: batch 1 took 1.0 s");
    }

    private static StreamingQueryProgress[] reports(StreamingQueryProgress... reports) {
        return reports;
    }

    private static StreamingQueryProgress batch(long number, long records, long millis) {
        return Progress.of(number, records, Duration.ofMillis(millis));
    }

    private static long seconds(long seconds) {
        return TimeUnit.SECONDS.toNanos(seconds);
    }
}
