package io.weir.core.fold.port;

import io.weir.core.reading.Reading;

/**
 * A row of a raw table, with the offset of its record.
 *
 * @param offset the offset of the record that brought the reading
 */
public record ArrivedReading(Reading reading, long offset) {}
