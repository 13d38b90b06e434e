package io.weir.core.fold.port;

/**
 * A reading that is not stored although it passes the rules. Only the raw table shows that, so the decider records it
 * for the followers.
 *
 * @param timestamp the record's Kafka timestamp in milliseconds since the epoch
 */
public record SkippedReading(ElementPosition position, long timestamp, Kind kind) {

    /** The reason why the reading is not stored. */
    public enum Kind {
        DUPLICATE,
        CONFLICT
    }
}
