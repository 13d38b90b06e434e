package io.weir.storage.rollup;

import io.weir.storage.read.ScopedMetric;
import java.util.List;

/**
 * The rollups of a metric in a calendar month.
 *
 * @param start the start of the month in the pipeline's time zone, in milliseconds since the epoch
 * @param rows the hours, days and months, in no particular order; at least one
 */
public record MetricMonth(ScopedMetric of, long start, List<SourceRollup> rows) {

    public MetricMonth {
        rows = List.copyOf(rows);
    }
}
