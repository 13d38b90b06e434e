package io.weir.metricproducer.file.record;

import java.util.List;
import java.util.stream.Collectors;

/** A record of a file, before its conversion to readings. */
public sealed interface FileRecord {

    /** Returns the number of the record's first line, from 1. */
    long line();

    /** Returns the original text of the record. */
    String text();

    /**
     * A record of named cells: a CSV row, a JSON object with a mapping, a point of line protocol.
     *
     * @param time the original text of the event time; several columns are joined by a space
     * @param group empty for the default group
     */
    record Row(long line, String text, String time, String device, String group, List<Cell> cells)
            implements FileRecord {

        public Row {
            cells = List.copyOf(cells);
        }
    }

    /** JSON values, at least one; each should be an object. */
    record Values(List<JsonText> values) implements FileRecord {

        public Values {
            values = List.copyOf(values);
        }

        @Override
        public long line() {
            return values.get(0).line();
        }

        @Override
        public String text() {
            return values.stream().map(JsonText::text).collect(Collectors.joining(","));
        }
    }

    /** The original text of a JSON value. */
    record JsonText(long line, String text) {}

    /** A record that the format cannot read. */
    record Bad(long line, String text, String reason) implements FileRecord {}
}
