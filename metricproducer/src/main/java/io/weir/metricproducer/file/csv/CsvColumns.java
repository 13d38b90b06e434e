package io.weir.metricproducer.file.csv;

import io.weir.metricproducer.PublishException;
import io.weir.metricproducer.file.record.CellSource;
import io.weir.metricproducer.file.record.MetricCell;
import io.weir.metricproducer.file.record.RowMapping;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Finds a mapping's columns in the rows of one file. */
final class CsvColumns {

    private static final int NONE = -1;

    private final List<String> names;
    private final boolean named;

    private CsvColumns(List<String> names, boolean named) {
        this.names = List.copyOf(names);
        this.named = named;
    }

    /** Creates the columns from a header. */
    static CsvColumns named(List<String> header) {
        return new CsvColumns(header, true);
    }

    /** Creates numbered columns; the first row determines their number. */
    static CsvColumns numbered(int width) {
        return new CsvColumns(
                IntStream.rangeClosed(1, width).mapToObj(Integer::toString).toList(), false);
    }

    /**
     * The positions of a mapping's columns in the rows of a file.
     *
     * @param minCells the minimum number of cells in a row: unnamed columns at the end may be absent
     * @param maxCells the maximum number of cells in a row; further ones must be empty
     * @param device {@code NONE} for a constant, as with the group
     */
    record Places(int minCells, int maxCells, List<Integer> time, int device, int group, List<MetricPlace> metrics) {}

    /** @param metric the column that names the metric; {@code NONE} for a constant */
    record MetricPlace(String column, int value, int metric, String name) {}

    /** Returns the positions; throws PublishException if the file has no such column, or several. */
    Places places(RowMapping mapping) {
        return new Places(
                least(),
                names.size(),
                mapping.time().among(names::contains).stream()
                        .map(this::indexOf)
                        .toList(),
                indexOf(mapping.device()),
                indexOf(mapping.group()),
                metrics(mapping));
    }

    /** Returns the text at a position, or the constant. */
    static String text(List<String> row, @Nullable CellSource source, int place) {
        if (place != NONE) {
            return row.get(place);
        }
        return source instanceof CellSource.Constant constant ? constant.value() : "";
    }

    private int least() {
        int least = names.size();
        while (least > 0 && names.get(least - 1).isBlank()) {
            least--;
        }
        return least;
    }

    private List<MetricPlace> metrics(RowMapping mapping) {
        List<MetricPlace> places = new ArrayList<>();
        for (MetricCell cell : mapping.metrics()) {
            if (cell.isPattern()) {
                int before = places.size();
                names.stream()
                        .filter(name -> !name.isBlank() && !mapping.isHeader(name) && cell.matches(name))
                        .forEach(name -> places.add(
                                new MetricPlace(name, indexOf(name), indexOf(cell.metric()), cell.metricOf(name))));
                if (places.size() == before) {
                    throw new PublishException("the file has no column for \"" + cell.value() + "\"; found " + this);
                }
            } else {
                places.add(new MetricPlace(
                        cell.value(),
                        indexOf(cell.value()),
                        indexOf(cell.metric()),
                        text(List.of(), cell.metric(), NONE)));
            }
        }
        return places;
    }

    private int indexOf(@Nullable CellSource source) {
        return source instanceof CellSource.Column column ? indexOf(column.name()) : NONE;
    }

    private int indexOf(String column) {
        int index = names.indexOf(column);
        if (index < 0) {
            throw new PublishException("the file has no column \"" + column + "\"; found " + this + hint());
        }
        if (names.lastIndexOf(column) != index) {
            throw new PublishException("the file has several columns \"" + column + "\"; found " + this);
        }
        return index;
    }

    private String hint() {
        if (names.size() != 1) {
            return "";
        }
        String only = names.get(0);
        return only.contains(";")
                ? "; try --delimiter ';'"
                : only.contains("\t") ? "; try --delimiter tab" : only.contains("|") ? "; try --delimiter '|'" : "";
    }

    @Override
    public String toString() {
        return named ? "columns " + String.join(", ", names) : "columns 1 to " + names.size() + " without a header";
    }
}
