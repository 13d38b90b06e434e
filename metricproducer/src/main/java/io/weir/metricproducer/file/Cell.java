package io.weir.metricproducer.file;

/**
 * A cell that may hold a value of a metric.
 *
 * @param column the cell's name in the file
 * @param metric the metric that it has a value of
 */
record Cell(String column, String metric, Kind kind, String text) {

    /** What the file's format says about a cell. */
    enum Kind {
        /** Nothing: all cells of a CSV row are alike. */
        UNTYPED,
        NUMBER,
        BOOLEAN,
        TEXT,
        /** The cell says that it has no value. */
        NULL
    }
}
