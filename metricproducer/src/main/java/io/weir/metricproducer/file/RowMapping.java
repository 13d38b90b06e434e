package io.weir.metricproducer.file;

import java.util.HashSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which columns of a file make a reading. Columns go by the names of the file: those of its header, or their place,
 * from 1, in a CSV file without one; the paths of JSON fields; the tags and fields of line protocol.
 *
 * @param time the column of the event time, or several whose texts are joined by a blank
 * @param group null for the default group
 * @param metrics what a row has values of
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
            throw new IllegalArgumentException("no metrics: name at least one column that holds values");
        }
        List<String> columns = metrics.stream().map(MetricCell::value).toList();
        if (new HashSet<>(columns).size() < columns.size()) {
            throw new IllegalArgumentException("metrics " + columns + " name a column twice");
        }
    }

    /** Returns whether the column is the one of time, device or group. */
    boolean isHeader(String column) {
        return time.names(column) || names(device, column) || names(group, column);
    }

    private static boolean names(@Nullable CellSource source, String column) {
        return source instanceof CellSource.Column named && named.name().equals(column);
    }
}
