package io.weir.query.api.format;

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

/** Writes a response as CSV (RFC 4180): a header line, and one line for each item. */
final class CsvResponseWriter extends ItemsWriter {

    private final List<Column> columns;
    private final boolean quotesFormulas;
    private final CSVPrinter csv;

    CsvResponseWriter(List<Column> columns, boolean quotesFormulas, OutputStream out) throws IOException {
        this.columns = columns;
        this.quotesFormulas = quotesFormulas;
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
    public void item(Map<String, Object> fields) throws IOException {
        for (Column column : columns) {
            Object value = fields.containsKey(column.name()) ? fields.get(column.name()) : series().get(column.name());
            if (!column.isPoint()) {
                csv.print(CsvCell.of(value, quotesFormulas));
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
    public void finish() throws IOException {
        csv.flush();
    }
}
