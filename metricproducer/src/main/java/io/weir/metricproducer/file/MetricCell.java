package io.weir.metricproducer.file;

/**
 * Which metric a row has a value of, and where: in a wide file each metric has a column, in a long one a column names
 * the metric and another holds the value.
 *
 * @param value the column of the value
 */
public record MetricCell(CellSource metric, String value) {

    /** A column of values that also names their metric. */
    public static MetricCell named(String column) {
        return new MetricCell(new CellSource.Constant(column), column);
    }
}
