package io.weir.storage.rollup;

import io.weir.storage.read.ScopedMetric;

/**
 * A calendar month in which a rollup table has rows of a metric.
 *
 * @param start the start of the month in the pipeline's time zone, in milliseconds since the epoch
 */
public record MetricMonth(ScopedMetric of, long start) {}
