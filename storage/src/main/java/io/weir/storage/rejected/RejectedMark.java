package io.weir.storage.rejected;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Comparator;

/**
 * The position of a rejected reading in the table, in its order.
 *
 * @param day the UTC day of the record's Kafka timestamp
 */
public record RejectedMark(String topic, LocalDate day, int source, long offset, int index)
        implements Comparable<RejectedMark> {

    private static final Comparator<RejectedMark> ORDER = Comparator.comparing(RejectedMark::topic)
            .thenComparing(RejectedMark::day)
            .thenComparing(RejectedMark::source)
            .thenComparing(RejectedMark::offset)
            .thenComparing(RejectedMark::index);

    public static RejectedMark of(StoredRejection row) {
        return new RejectedMark(
                row.topic(),
                LocalDate.ofInstant(Instant.ofEpochMilli(row.rejected().timestamp()), ZoneOffset.UTC),
                row.source(),
                row.rejected().offset(),
                row.rejected().index());
    }

    @Override
    public int compareTo(RejectedMark other) {
        return ORDER.compare(this, other);
    }
}
