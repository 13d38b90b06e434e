package io.weir.local.command.terminal;

import io.weir.query.api.format.CsvCell;
import io.weir.query.json.Json;
import io.weir.query.json.JsonArray;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;
import org.jspecify.annotations.Nullable;

/**
 * Writes the rows of a result to standard output, one at a time, however many there are: as a table for people, as CSV
 * (RFC 4180) with a header, or as one JSON array of objects. A result that was not {@linkplain #end ended} is not valid
 * JSON, so that it does not look complete after a failure.
 */
public abstract class RowWriter {

    /**
     * A column of the result.
     *
     * @param width the number of characters in a table; longer cells move the next ones to the right
     */
    public record Column(String name, int width) {

        public static Column of(String name) {
            return new Column(name, 24);
        }
    }

    public static RowWriter begin(ResultFormat.Kind kind, List<Column> columns) {
        return switch (kind) {
            case table -> new TableRows(columns);
            case csv -> new CsvRows(columns);
            case json -> new JsonRows(columns);
        };
    }

    /** Writes a row with a cell for each column: a text, a number, a time, or null for none. */
    public abstract void add(@Nullable Object... cells);

    /** Completes the result. Standard output stays open. */
    public abstract void end();

    private static final class TableRows extends RowWriter {

        private final List<Column> columns;

        TableRows(List<Column> columns) {
            this.columns = columns;
            add(columns.stream().map(Column::name).toArray());
        }

        @Override
        public void add(@Nullable Object... cells) {
            StringBuilder line = new StringBuilder();
            for (int i = 0; i < cells.length; i++) {
                String cell = text(cells[i]);
                line.append(i == 0 ? "" : "  ").append(cell);
                if (i + 1 < cells.length) {
                    line.append(
                            " ".repeat(Math.max(0, columns.get(i).width() - cell.codePointCount(0, cell.length()))));
                }
            }
            Terminal.answer().println(line.toString());
        }

        private static String text(@Nullable Object cell) {
            if (cell == null) {
                return "";
            }
            return cell instanceof Double number ? PlainNumber.exact(number) : cell.toString();
        }

        @Override
        public void end() {
            Terminal.answer().flush();
        }
    }

    private static final class CsvRows extends RowWriter {

        private static final CSVFormat FORMAT =
                CSVFormat.RFC4180.builder().setRecordSeparator('\n').get();

        private final CSVPrinter csv;

        CsvRows(List<Column> columns) {
            try {
                csv = new CSVPrinter(
                        new BufferedWriter(new OutputStreamWriter(Terminal.answer(), StandardCharsets.UTF_8)), FORMAT);
                csv.printRecord(columns.stream().map(Column::name));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        public void add(@Nullable Object... cells) {
            try {
                for (Object cell : cells) {
                    csv.print(CsvCell.of(cell, true));
                }
                csv.println();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        public void end() {
            try {
                csv.flush();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private static final class JsonRows extends RowWriter {

        private final List<Column> columns;
        private final JsonArray array = Json.beginArray(Terminal.answer());

        JsonRows(List<Column> columns) {
            this.columns = columns;
        }

        @Override
        public void add(@Nullable Object... cells) {
            Map<String, @Nullable Object> row = new LinkedHashMap<>();
            for (int i = 0; i < cells.length; i++) {
                row.put(columns.get(i).name(), cells[i]);
            }
            array.add(row);
        }

        @Override
        public void end() {
            array.close();
            Terminal.answer().println();
        }
    }
}
