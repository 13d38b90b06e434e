package io.weir.metricproducer.file;

/**
 * Which metric a row has a value of, and where: in a wide file each metric has a column, in a long one a column names
 * the metric and another holds the value.
 *
 * @param value the column of the value; one that ends with {@code *} stands for all columns that begin so
 */
public record MetricCell(CellSource metric, String value) {

    private static final String REST = "*";

    /** A column of values that also names their metric: as a whole, or by what {@code *} stands for. */
    public static MetricCell named(String column) {
        return new MetricCell(new CellSource.Constant(column), column);
    }

    /** Whether the cell stands for several columns. */
    boolean isPattern() {
        return value.endsWith(REST);
    }

    /** Returns whether the pattern stands for this column. */
    boolean matches(String column) {
        return column.length() >= value.length() && column.startsWith(prefix());
    }

    /** Returns the metric of a column that the pattern stands for. */
    String metricOf(String column) {
        return column.substring(prefix().length());
    }

    private String prefix() {
        return value.substring(0, value.length() - REST.length());
    }
}
