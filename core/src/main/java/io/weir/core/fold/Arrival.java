package io.weir.core.fold;

/**
 * What decides whether a later copy of a reading is a duplicate or a conflict.
 *
 * @param offset the record that brought the first copy
 */
public record Arrival(long offset, double value) {}
