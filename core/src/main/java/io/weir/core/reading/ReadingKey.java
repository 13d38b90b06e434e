package io.weir.core.reading;

/**
 * The identity of a reading within its source: a later reading with an equal key is a duplicate or a conflict.
 *
 * @param time event time in milliseconds since the epoch
 */
public record ReadingKey(String device, String metric, long time) {}
