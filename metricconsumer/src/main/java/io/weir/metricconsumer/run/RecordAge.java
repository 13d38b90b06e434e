package io.weir.metricconsumer.run;

import io.weir.core.fold.port.LogRecord;
import io.weir.metricconsumer.failure.StartRefusedException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Stops a task before it applies a record that is too old for the retention of the tables. Kafka should have deleted
 * such a record, but may have been down for as long as the pipeline. The clock is used for this stop alone, never to
 * decide what is stored. See {@link RetentionRule}.
 */
public final class RecordAge {

    private final String topic;
    private final @Nullable Duration maxAge;
    private final Clock clock;

    /** @param maxAge null for no limit */
    public RecordAge(String topic, @Nullable Duration maxAge, Clock clock) {
        this.topic = topic;
        this.maxAge = maxAge;
        this.clock = clock;
    }

    /**
     * Requires that all records are recent enough to be applied.
     *
     * @throws StartRefusedException if one is too old; the caller must then apply none of them
     */
    public void requireRecent(List<LogRecord> records) {
        Duration bound = maxAge;
        if (bound == null) {
            return;
        }
        Instant oldest = clock.instant().minus(bound);
        for (LogRecord record : records) {
            if (record.timestamp() < oldest.toEpochMilli()) {
                throw new StartRefusedException(
                        "a record of " + topic + " at offset " + record.offset() + " has the timestamp "
                                + Instant.ofEpochMilli(record.timestamp()) + "; expected " + oldest
                                + " or later, because a duplicate of an expired reading could be accepted. Nothing is"
                                + " applied until Kafka deletes the record by its retention; then accept the loss"
                                + " with weir source skip");
            }
        }
    }

    /**
     * Requires the broker's timestamp on a record if the age of records is limited.
     *
     * @throws StartRefusedException if the producer has set the timestamp
     */
    public void requireBrokerTimestamp(boolean isBrokerTimestamp, long offset) {
        if (maxAge != null && !isBrokerTimestamp) {
            throw new StartRefusedException("a record of " + topic + " at offset " + offset
                    + " has a timestamp that its producer has set, and rows expire: a duplicate of an expired reading"
                    + " could be accepted. Apply all such records before setting raw-retention or rollup-retention;"
                    + " otherwise wait until Kafka deletes them, and accept their loss with weir source skip");
        }
    }
}
