package io.weir.core.fold.port;

/**
 * The stored offset and value of a reading, which decide whether a later record with the same key is a duplicate or a
 * conflict.
 *
 * @param offset the offset of the record that brought the first copy
 */
public record Arrival(long offset, double value) {}
