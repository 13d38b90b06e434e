package io.weir.storage.rejected;

import io.weir.core.reading.RejectReason;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A filter of rejected readings; null accepts any value.
 *
 * @param from the first Kafka timestamp of the record
 * @param to the end of the Kafka timestamps, exclusive
 * @param redriven true for readings that were published again, false for those that were not
 * @param limit the maximum number of readings
 */
public record RejectedFilter(
        @Nullable String topic,
        @Nullable Set<Integer> sources,
        @Nullable Instant from,
        @Nullable Instant to,
        @Nullable Set<RejectReason> reasons,
        @Nullable Boolean redriven,
        long limit) {

    /** Creates a filter for any rejected readings, up to a limit. */
    public static RejectedFilter any(long limit) {
        return new RejectedFilter(null, null, null, null, null, null, limit);
    }

    /** Returns true if a partition of the table may contain matching rows. */
    boolean matchesPartition(String ofTopic, LocalDate day, int ofSource) {
        return (topic == null || topic.equals(ofTopic))
                && (sources == null || sources.contains(ofSource))
                && (from == null || startOf(day.plusDays(1)).isAfter(from))
                && (to == null || startOf(day).isBefore(to));
    }

    /** Returns true if a row of such a partition matches. */
    boolean matches(StoredRejection row) {
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
