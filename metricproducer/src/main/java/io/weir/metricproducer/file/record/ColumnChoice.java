package io.weir.metricproducer.file.record;

import java.util.List;
import java.util.function.Predicate;

/**
 * One column, or several whose texts are joined, such as a date and a time: {@code date,time} or {@code date time}. A
 * column whose name is the whole text comes first.
 */
public record ColumnChoice(String text) {

    /** Resolves the columns among those of a file. */
    public List<String> among(Predicate<String> exists) {
        for (List<String> columns : readings()) {
            if (columns.stream().allMatch(exists)) {
                return columns;
            }
        }
        return List.of(text);
    }

    /** Returns whether the column may be one of the chosen ones. */
    boolean names(String column) {
        return readings().stream().anyMatch(columns -> columns.contains(column));
    }

    private List<List<String>> readings() {
        return List.of(
                List.of(text),
                List.of(text.split(",", -1)),
                List.of(text.strip().split("\\s+", -1)));
    }
}
