package io.weir.metricproducer.file.record;

/** The source of a row's device, group or metric: a column, or one name for all rows. */
public sealed interface CellSource {

    /** A column of the file, by its name. */
    record Column(String name) implements CellSource {}

    /** The same for every row. */
    record Constant(String value) implements CellSource {}

    /** Parses {@code =NAME} as a constant and any other text as a column. */
    static CellSource parse(String text) {
        return text.startsWith("=") ? new Constant(text.substring(1)) : new Column(text);
    }
}
