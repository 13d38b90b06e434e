package io.weir.storage.read;

import io.weir.core.reading.RejectReason;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * Which rejected readings are asked for; null asks for any.
 *
 * @param fromDay first UTC day of the record's Kafka timestamp
 * @param toDay first day after the last
 * @param limit at most so many
 */
public record RejectedFilter(
        @Nullable String topic,
        @Nullable LocalDate fromDay,
        @Nullable LocalDate toDay,
        @Nullable Integer source,
        @Nullable RejectReason reason,
        int limit) {

    /** Asks for the first rejected readings, whatever they are. */
    public static RejectedFilter any(int limit) {
        return new RejectedFilter(null, null, null, null, null, limit);
    }

    boolean takesPartition(String ofTopic, LocalDate day, int ofSource) {
        return (topic == null || topic.equals(ofTopic))
                && (fromDay == null || !day.isBefore(fromDay))
                && (toDay == null || day.isBefore(toDay))
                && (source == null || source == ofSource);
    }

    boolean takes(RejectReason ofReason) {
        return reason == null || reason == ofReason;
    }
}
