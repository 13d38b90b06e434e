package io.weir.core.fold;

/**
 * A reading that is not stored although it keeps the rules: what only the raw table can tell, and followers have to be
 * told.
 *
 * @param timestamp the record's Kafka timestamp in milliseconds since the epoch
 */
public record ExceptedReading(ElementPosition position, long timestamp, Kind kind) {

    /** Why it is not stored. */
    public enum Kind {
        DUPLICATE,
        CONFLICT
    }
}
