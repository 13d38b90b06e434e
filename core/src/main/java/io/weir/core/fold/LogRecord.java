package io.weir.core.fold;

import org.jspecify.annotations.Nullable;

/**
 * A record of a source's log.
 *
 * @param offset its place in the log
 * @param timestamp the record's Kafka timestamp in milliseconds since the epoch; one that is {@linkplain #bounded out of
 *     bounds} is kept as the nearest that is
 */
public record LogRecord(long offset, long timestamp, byte @Nullable [] key, byte @Nullable [] value) {

    /** 1970-01-01T00:00:00Z. */
    private static final long EARLIEST = 0;

    /** 9999-12-31T23:59:59.999Z, so that a version in microseconds has room to rise. */
    private static final long LATEST = 253_402_300_799_999L;

    public LogRecord {
        timestamp = bounded(timestamp);
    }

    /**
     * Returns a timestamp as it is from 1970 to 9999, one millisecond before 1970 for all earlier ones and for none at
     * all, and one millisecond after 9999 for all later ones.
     */
    public static long bounded(long timestamp) {
        return Math.max(EARLIEST - 1, Math.min(timestamp, LATEST + 1));
    }

    /** Returns whether the timestamp is from 1970 to 9999. Others say nothing about when the record was sent. */
    public boolean hasTimestamp() {
        return timestamp >= EARLIEST && timestamp <= LATEST;
    }

    /** What the record takes of the heap, in bytes, with its key and value. */
    public long heapBytes() {
        return 96L + (key == null ? 0 : key.length) + (value == null ? 0 : value.length);
    }

    /** The record's timestamp in microseconds: the clock that versions of rows are taken from. */
    public long timestampMicros() {
        return timestamp * 1000;
    }
}
