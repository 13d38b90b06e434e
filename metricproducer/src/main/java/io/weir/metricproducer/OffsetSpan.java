package io.weir.metricproducer;

/**
 * The offset range of records in a partition; records of other producers may lie between them.
 *
 * @param first the lowest offset
 * @param last the highest offset
 * @param records the number of records
 */
public record OffsetSpan(long first, long last, long records) {

    static OffsetSpan of(long offset) {
        return new OffsetSpan(offset, offset, 1);
    }

    OffsetSpan with(OffsetSpan other) {
        return new OffsetSpan(Math.min(first, other.first), Math.max(last, other.last), records + other.records);
    }
}
