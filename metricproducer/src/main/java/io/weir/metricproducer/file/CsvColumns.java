package io.weir.metricproducer.file;

import io.weir.metricproducer.PublishException;
import java.util.List;

/** Finds a mapping's columns in the rows of one file. */
final class CsvColumns {

    private final List<String> names;
    private final int width;

    private CsvColumns(List<String> names, int width) {
        this.names = names;
        this.width = width;
    }

    /** Columns that the header names. */
    static CsvColumns named(List<String> header) {
        return new CsvColumns(header, header.size());
    }

    /** Columns that go by their place; the first row tells how many there are. */
    static CsvColumns numbered(int width) {
        return new CsvColumns(List.of(), width);
    }

    /** How many cells a row must have. */
    int width() {
        return width;
    }

    /** Returns where a row has the column; throws PublishException if this file has no such column, or two. */
    int indexOf(String column) {
        int index = names.isEmpty() ? place(column) : names.indexOf(column);
        if (index < 0) {
            throw new PublishException("the file has no column \"" + column + "\"; found " + this);
        }
        if (!names.isEmpty() && names.lastIndexOf(column) != index) {
            throw new PublishException("the file has several columns \"" + column + "\"; found " + this);
        }
        return index;
    }

    private int place(String column) {
        try {
            int place = Integer.parseInt(column);
            return place <= width ? place - 1 : -1;
        } catch (NumberFormatException e) {
            return -1;
        }
    }

    @Override
    public String toString() {
        return names.isEmpty() ? "columns 1 to " + width + " without a header" : "columns " + String.join(", ", names);
    }
}
