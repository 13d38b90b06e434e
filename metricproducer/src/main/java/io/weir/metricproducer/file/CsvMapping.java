package io.weir.metricproducer.file;

import java.util.HashSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which columns of a CSV file make a reading. Columns go by the header's names, or by their place, from 1, in a file
 * without a header.
 *
 * @param time the column of the event time
 * @param group null for the default group
 * @param metrics what a row has values of
 * @param header whether the first line that is not blank names the columns
 */
public record CsvMapping(
        String time,
        TimeFormat timeFormat,
        CellSource device,
        @Nullable CellSource group,
        List<MetricCell> metrics,
        boolean header) {

    public CsvMapping {
        metrics = List.copyOf(metrics);
        if (metrics.isEmpty()) {
            throw new IllegalArgumentException("no metrics: name at least one column that holds values");
        }
        List<String> columns = metrics.stream().map(MetricCell::value).toList();
        if (new HashSet<>(columns).size() < columns.size()) {
            throw new IllegalArgumentException("metrics " + columns + " name a column twice");
        }
    }
}
