package io.weir.core.fold.port;

/**
 * The position of an element in the log of a source.
 *
 * @param index the element's index in its record
 */
public record ElementPosition(long offset, int index) {}
