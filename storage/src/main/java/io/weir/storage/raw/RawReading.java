package io.weir.storage.raw;

import io.weir.core.reading.Reading;

/**
 * A row of a raw table.
 *
 * @param source the number of the source that stored the reading
 * @param offset the offset of the record that brought the reading
 */
public record RawReading(Reading reading, int source, long offset) {}
