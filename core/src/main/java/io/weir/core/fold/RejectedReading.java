package io.weir.core.fold;

import io.weir.core.reading.Rejection;
import org.jspecify.annotations.Nullable;

/**
 * A rejected reading and where it stands in the log.
 *
 * @param index the element's index in its record
 * @param timestamp the record's Kafka timestamp in milliseconds since the epoch
 * @param key the record's key, to publish it again in the same partition
 */
public record RejectedReading(long offset, int index, Rejection rejection, long timestamp, byte @Nullable [] key) {}
