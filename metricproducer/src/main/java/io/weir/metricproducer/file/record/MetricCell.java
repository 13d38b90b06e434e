package io.weir.metricproducer.file.record;

/**
 * The metric of a value and its column. In a wide file each metric has a column; in a long file one column names the
 * metric and another holds the value.
 *
 * @param value the column of the value; a pattern that ends with {@code *} matches all columns with this prefix
 */
public record MetricCell(CellSource metric, String value) {

    private static final String REST = "*";

    /** Creates a column whose name, or the part that matches {@code *}, is the metric. */
    public static MetricCell named(String column) {
        return new MetricCell(new CellSource.Constant(column), column);
    }

    /** Returns whether the cell is a pattern for several columns. */
    public boolean isPattern() {
        return value.endsWith(REST);
    }

    /** Returns whether the pattern matches this column. */
    public boolean matches(String column) {
        return column.length() >= value.length() && column.startsWith(prefix());
    }

    /** Returns the metric of a column that the pattern matches. */
    public String metricOf(String column) {
        return column.substring(prefix().length());
    }

    private String prefix() {
        return value.substring(0, value.length() - REST.length());
    }
}
