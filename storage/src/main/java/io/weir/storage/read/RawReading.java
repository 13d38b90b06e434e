package io.weir.storage.read;

import io.weir.core.reading.Reading;

/**
 * A row of a raw table.
 *
 * @param source which log brought it
 * @param offset the record that brought it
 */
public record RawReading(Reading reading, int source, long offset) {}
