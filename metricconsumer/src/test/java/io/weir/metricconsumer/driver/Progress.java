package io.weir.metricconsumer.driver;

import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import org.apache.spark.sql.streaming.SinkProgress;
import org.apache.spark.sql.streaming.SourceProgress;
import org.apache.spark.sql.streaming.StreamingQueryProgress;

/** Progress reports, as Spark makes them. */
final class Progress {

    private Progress() {}

    /** Returns the report of a batch; one without records says that the query is idle. */
    static StreamingQueryProgress of(long batch, long records, Duration duration) {
        SourceProgress source = new SourceProgress("Kafka", "{}", "{}", "{}", records, 0, 0, Map.of());
        return new StreamingQueryProgress(
                UUID.randomUUID(),
                UUID.randomUUID(),
                "query",
                "2026-01-01T00:00:00Z",
                batch,
                duration.toMillis(),
                Map.of(),
                Map.of(),
                null,
                new SourceProgress[] {source},
                new SinkProgress("foreach"),
                Map.of());
    }
}
