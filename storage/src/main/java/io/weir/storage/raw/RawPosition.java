package io.weir.storage.raw;

import io.weir.storage.read.ScopedMetric;

/**
 * The place of a raw reading in its series, and that of its record.
 *
 * @param time the event time, in milliseconds since the epoch
 */
public record RawPosition(ScopedMetric of, long time, int source, long offset) {}
