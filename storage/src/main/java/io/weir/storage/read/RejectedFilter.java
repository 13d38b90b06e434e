package io.weir.storage.read;

import io.weir.core.reading.RejectReason;
import io.weir.storage.StoredRejection;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which rejected readings are asked for; null asks for any.
 *
 * @param from first Kafka timestamp of the record
 * @param to first after the last
 * @param redriven true for those that were published again, false for those that were not
 * @param limit at most so many
 */
public record RejectedFilter(
        @Nullable String topic,
        @Nullable Set<Integer> sources,
        @Nullable Instant from,
        @Nullable Instant to,
        @Nullable Set<RejectReason> reasons,
        @Nullable Boolean redriven,
        long limit) {

    /** Asks for the first rejected readings, whatever they are. */
    public static RejectedFilter any(long limit) {
        return new RejectedFilter(null, null, null, null, null, null, limit);
    }

    /** Whether a partition of the table can hold rows that are asked for. */
    boolean takesPartition(String ofTopic, LocalDate day, int ofSource) {
        return (topic == null || topic.equals(ofTopic))
                && (sources == null || sources.contains(ofSource))
                && (from == null || startOf(day.plusDays(1)).isAfter(from))
                && (to == null || startOf(day).isBefore(to));
    }

    /** Whether a row of such a partition is asked for. */
    boolean takes(StoredRejection row) {
        Instant time = Instant.ofEpochMilli(row.rejected().timestamp());
        return (from == null || !time.isBefore(from))
                && (to == null || time.isBefore(to))
                && (reasons == null
                        || reasons.contains(row.rejected().rejection().reason()))
                && (redriven == null || redriven == (row.redriven() != null));
    }

    private static Instant startOf(LocalDate day) {
        return day.atStartOfDay(ZoneOffset.UTC).toInstant();
    }
}
