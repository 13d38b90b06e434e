package io.weir.metricproducer.file.record;

/**
 * A cell that may hold a value of a metric.
 *
 * @param column the cell's name in the file
 * @param metric the metric of its value
 */
public record Cell(String column, String metric, Kind kind, String text) {

    /** The type of a cell in the file's format. */
    public enum Kind {
        /** No type, as in CSV. */
        UNTYPED,
        NUMBER,
        BOOLEAN,
        TEXT,
        /** The cell is marked as having no value. */
        NULL
    }
}
