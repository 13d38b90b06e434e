package io.weir.query.api;

import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Writes an answer while it is made. An answer is a few fields of its own, and one list: of items, or of series that have
 * items. CSV and newline-delimited JSON have the items alone, each with the fields of its series. For one thread.
 */
interface AnswerWriter {

    /** Writes a field of the answer itself; where there are items alone, it is left out. */
    void field(String name, @Nullable Object value) throws IOException;

    /** Begins the list of items. */
    void beginItems(String list) throws IOException;

    /** Begins the list of series. */
    void beginSeriesList(String list) throws IOException;

    /**
     * Begins one series and its list of items.
     *
     * @param key the fields of the series, in order
     */
    void beginSeries(Map<String, String> key, String list) throws IOException;

    /** Writes one item: its fields, in order. Values are numbers, texts, booleans, instants, points or null. */
    void item(Map<String, Object> fields) throws IOException;

    /** Ends what was begun last. */
    void end() throws IOException;

    /** Ends the answer. One that fails midway must not be ended, or it would look whole. */
    void finish() throws IOException;

    /**
     * Makes one for a format.
     *
     * @param columns names of the fields of series and items, in order, and what the values are; CSV needs to know
     * @param quotesFormulas whether CSV keeps spreadsheets from running texts as formulas
     */
    static AnswerWriter of(Format format, List<Column> columns, boolean quotesFormulas, OutputStream out)
            throws IOException {
        return switch (format) {
            case JSON -> new JsonAnswerWriter(out);
            case CSV -> new CsvAnswerWriter(columns, quotesFormulas, out);
            case NDJSON -> new LinesAnswerWriter(out);
        };
    }

    /**
     * A field of all items.
     *
     * @param isPoint whether it has a time and a value, which are columns of their own in CSV
     */
    record Column(String name, boolean isPoint) {

        static Column plain(String name) {
            return new Column(name, false);
        }
    }
}
