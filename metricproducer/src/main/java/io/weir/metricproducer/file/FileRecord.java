package io.weir.metricproducer.file;

import java.util.List;
import java.util.stream.Collectors;

/** A record of a file as its format reads it, before any of it is a reading. */
sealed interface FileRecord {

    /** The number of the record's first line, from 1. */
    long line();

    /** The record as it stands in the file. */
    String text();

    /**
     * A record of named cells: a CSV row, a JSON object with a mapping, a point of line protocol.
     *
     * @param time the event time as it stands there; several columns are joined by a blank
     * @param group empty for the default group
     */
    record Row(long line, String text, String time, String device, String group, List<Cell> cells)
            implements FileRecord {

        public Row {
            cells = List.copyOf(cells);
        }
    }

    /** JSON values, each of which should be an object; at least one. */
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

    /** A JSON value as it stands in the file. */
    record JsonText(long line, String text) {}

    /** A record that the format cannot read. */
    record Bad(long line, String text, String reason) implements FileRecord {}
}
