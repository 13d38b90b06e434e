package io.weir.core.fold.port;

import org.jspecify.annotations.Nullable;

/**
 * A record of a source's log.
 *
 * @param offset the record's Kafka offset
 * @param timestamp the record's Kafka timestamp in milliseconds since the epoch, {@linkplain #bounded limited} to one
 *     millisecond outside of the accepted range
 */
public record LogRecord(long offset, long timestamp, byte @Nullable [] key, byte @Nullable [] value) {

    /** 1970-01-01T00:00:00Z. */
    private static final long EARLIEST = 0;

    /** 9999-12-31T23:59:59.999Z: leaves room above for versions in microseconds to rise. */
    private static final long LATEST = 253_402_300_799_999L;

    public LogRecord {
        timestamp = bounded(timestamp);
    }

    /**
     * Limits a timestamp: returns one from 1970 to 9999 unchanged, one millisecond before 1970 for an earlier one or
     * none, and one millisecond after 9999 for a later one.
     */
    public static long bounded(long timestamp) {
        return Math.max(EARLIEST - 1, Math.min(timestamp, LATEST + 1));
    }

    /** Returns true if the timestamp is from 1970 to 9999. Other timestamps do not say when the record was sent. */
    public boolean hasTimestamp() {
        return timestamp >= EARLIEST && timestamp <= LATEST;
    }

    /** Returns the heap bytes of the record with its key and value. */
    public long heapBytes() {
        return 96L + (key == null ? 0 : key.length) + (value == null ? 0 : value.length);
    }

    /** Returns the record's timestamp in microseconds, from which the versions of rows are derived. */
    public long timestampMicros() {
        return timestamp * 1000;
    }
}
