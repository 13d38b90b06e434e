package io.weir.metricconsumer;

import io.weir.core.fold.LogRecord;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Stops a task that is about to apply a record which is too old for the retention of the tables: Kafka should have deleted
 * it, but was perhaps down for as long as the pipeline. The clock decides nothing but this stop. See {@link RetentionRule}.
 */
final class RecordAge {

    private final String topic;
    private final @Nullable Duration longest;
    private final Clock clock;

    /** @param longest null for any age */
    RecordAge(String topic, @Nullable Duration longest, Clock clock) {
        this.topic = topic;
        this.longest = longest;
        this.clock = clock;
    }

    /**
     * Requires that records may still be applied.
     *
     * @throws StartRefusedException if one is too old; none of them is to be applied then
     */
    void require(List<LogRecord> records) {
        Duration bound = longest;
        if (bound == null) {
            return;
        }
        Instant oldest = clock.instant().minus(bound);
        for (LogRecord record : records) {
            if (record.timestamp() < oldest.toEpochMilli()) {
                throw new StartRefusedException("a record of " + topic + " at offset " + record.offset() + " is of "
                        + Instant.ofEpochMilli(record.timestamp()) + "; expected " + oldest
                        + " or later, or a copy could be applied whose first has expired. Nothing is applied until Kafka"
                        + " has deleted it, as its retention says; then weir source skip goes on after the loss");
            }
        }
    }

    /**
     * Requires a record's timestamp to be the broker's, where records may be too old.
     *
     * @throws StartRefusedException if the producer has set it
     */
    void requireTimedByBroker(boolean timedByBroker, long offset) {
        if (longest != null && !timedByBroker) {
            throw new StartRefusedException("a record of " + topic + " at offset " + offset
                    + " has a timestamp that its producer has set, and rows expire: a copy could be applied whose first has"
                    + " expired. Apply all such records before raw-retention or rollup-retention is set; those that are"
                    + " left are lost with weir source skip once Kafka has deleted them");
        }
    }
}
