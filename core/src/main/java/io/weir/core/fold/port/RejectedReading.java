package io.weir.core.fold.port;

import io.weir.core.reading.Rejection;
import org.jspecify.annotations.Nullable;

/**
 * A rejected reading and its position in the log.
 *
 * @param index the element's index in its record
 * @param timestamp the record's Kafka timestamp in milliseconds since the epoch
 * @param key the record's key, needed to publish the reading again to the same partition
 */
public record RejectedReading(long offset, int index, Rejection rejection, long timestamp, byte @Nullable [] key) {}
