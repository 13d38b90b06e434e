package io.weir.core.fold;

import io.weir.core.reading.Reading;

/**
 * A reading as the raw tables hold it.
 *
 * @param offset the record that brought it
 * @param timestamp that record's Kafka timestamp in milliseconds since the epoch
 */
public record StoredReading(Reading reading, long offset, long timestamp) {}
