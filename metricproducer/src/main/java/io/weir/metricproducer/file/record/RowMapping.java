package io.weir.metricproducer.file.record;

import io.weir.metricproducer.file.time.TimeFormat;
import java.util.HashSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The mapping of a file's columns to readings. Columns are identified by the header, or by number from 1 in a CSV file
 * without a header; by the paths of JSON fields; by the tags and fields of line protocol.
 *
 * @param time the column of the event time, or several whose texts are joined by a space
 * @param group null for the default group
 * @param metrics the metrics and their columns
 */
public record RowMapping(
        ColumnChoice time,
        TimeFormat timeFormat,
        CellSource device,
        @Nullable CellSource group,
        List<MetricCell> metrics,
        ValueRules values) {

    public RowMapping {
        metrics = List.copyOf(metrics);
        if (metrics.isEmpty()) {
            throw new IllegalArgumentException("no metrics: choose at least one column with values");
        }
        List<String> columns = metrics.stream().map(MetricCell::value).toList();
        if (new HashSet<>(columns).size() < columns.size()) {
            throw new IllegalArgumentException("metrics " + columns + " contain a column twice");
        }
    }

    /** Returns whether the column is that of time, device or group. */
    public boolean isHeader(String column) {
        return time.names(column) || names(device, column) || names(group, column);
    }

    private static boolean names(@Nullable CellSource source, String column) {
        return source instanceof CellSource.Column named && named.name().equals(column);
    }
}
