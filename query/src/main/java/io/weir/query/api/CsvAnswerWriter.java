package io.weir.query.api;

import io.weir.query.Statistics;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;
import org.jspecify.annotations.Nullable;

/** Writes an answer as CSV (RFC 4180): one line for the names of the columns, and one for each item. */
final class CsvAnswerWriter implements AnswerWriter {

    private final List<Column> columns;
    private final CSVPrinter csv;
    private Map<String, String> series = Map.of();

    CsvAnswerWriter(List<Column> columns, OutputStream out) throws IOException {
        this.columns = columns;
        this.csv = new CSVPrinter(
                new BufferedWriter(new OutputStreamWriter(out, StandardCharsets.UTF_8)), CSVFormat.RFC4180);
        List<String> names = new ArrayList<>();
        for (Column column : columns) {
            if (column.isPoint()) {
                names.add(column.name() + "_time");
                names.add(column.name() + "_value");
            } else {
                names.add(column.name());
            }
        }
        csv.printRecord(names);
    }

    @Override
    public void field(String name, @Nullable Object value) {}

    @Override
    public void beginItems(String list) {}

    @Override
    public void beginSeriesList(String list) {}

    @Override
    public void beginSeries(Map<String, String> key, String list) {
        series = key;
    }

    @Override
    public void item(Map<String, Object> fields) throws IOException {
        for (Column column : columns) {
            Object value = fields.containsKey(column.name()) ? fields.get(column.name()) : series.get(column.name());
            if (!column.isPoint()) {
                csv.print(value);
            } else if (value instanceof Statistics.Point point) {
                csv.print(point.time());
                csv.print(point.value());
            } else {
                csv.print(null);
                csv.print(null);
            }
        }
        csv.println();
    }

    @Override
    public void end() {}

    @Override
    public void finish() throws IOException {
        csv.flush();
    }
}
