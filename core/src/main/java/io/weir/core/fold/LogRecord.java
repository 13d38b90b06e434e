package io.weir.core.fold;

import org.jspecify.annotations.Nullable;

/**
 * A record of a source's log.
 *
 * @param offset its place in the log
 * @param timestamp the record's Kafka timestamp in milliseconds since the epoch
 */
public record LogRecord(long offset, long timestamp, byte @Nullable [] key, byte @Nullable [] value) {

    /** The record's timestamp in microseconds: the clock that versions of rows are taken from. */
    public long timestampMicros() {
        return timestamp * 1000;
    }
}
