package io.weir.query.api.format;

import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Writes a response as a stream. A response has a few top-level fields and one list: of items, or of series with items.
 * CSV and newline-delimited JSON contain only the items, each with the fields of its series. Not thread-safe.
 */
public interface ResponseWriter {

    /** Writes a top-level field; formats that contain only items omit it. */
    void field(String name, @Nullable Object value) throws IOException;

    /** Begins the list of items. */
    void beginItems(String list) throws IOException;

    /** Begins the list of series. */
    void beginSeriesList(String list) throws IOException;

    /**
     * Begins a series and its list of items.
     *
     * @param key the fields of the series, in order
     */
    void beginSeries(Map<String, String> key, String list) throws IOException;

    /** Writes an item with its fields in order. Values are numbers, strings, booleans, instants, points or null. */
    void item(Map<String, Object> fields) throws IOException;

    /** Ends the innermost open list or series. */
    void end() throws IOException;

    /** Ends the response. Must not be called after a failure, or the partial response would look complete. */
    void finish() throws IOException;

    /**
     * Creates the writer of a format.
     *
     * @param columns the fields of series and items, in order, with their types; required by CSV
     * @param quotesFormulas whether CSV prevents spreadsheets from running texts as formulas
     */
    public static ResponseWriter of(Format format, List<Column> columns, boolean quotesFormulas, OutputStream out)
            throws IOException {
        return switch (format) {
            case JSON -> new JsonResponseWriter(out);
            case CSV -> new CsvResponseWriter(columns, quotesFormulas, out);
            case NDJSON -> new LinesResponseWriter(out);
        };
    }

    /**
     * A field of all items.
     *
     * @param isPoint whether it has a time and a value, which are separate columns in CSV
     */
    record Column(String name, boolean isPoint) {

        public static Column plain(String name) {
            return new Column(name, false);
        }
    }
}
