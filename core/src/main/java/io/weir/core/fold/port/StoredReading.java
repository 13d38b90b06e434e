package io.weir.core.fold.port;

import io.weir.core.reading.Reading;

/**
 * A row of the raw tables.
 *
 * @param offset the offset of the record that brought the reading
 * @param timestamp that record's Kafka timestamp in milliseconds since the epoch
 */
public record StoredReading(Reading reading, long offset, long timestamp) {}
