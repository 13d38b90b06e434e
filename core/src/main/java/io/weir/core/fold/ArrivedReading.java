package io.weir.core.fold;

import io.weir.core.reading.Reading;

/**
 * A raw row of a source.
 *
 * @param offset the record that brought it
 */
public record ArrivedReading(Reading reading, long offset) {}
