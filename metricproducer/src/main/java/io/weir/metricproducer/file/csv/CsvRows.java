package io.weir.metricproducer.file.csv;

import io.weir.metricproducer.PublishException;
import io.weir.metricproducer.file.record.Cell;
import io.weir.metricproducer.file.record.FileRecord;
import io.weir.metricproducer.file.record.RecordSource;
import io.weir.metricproducer.file.record.RowMapping;
import io.weir.metricproducer.file.text.InvalidText;
import io.weir.metricproducer.file.text.Line;
import io.weir.metricproducer.file.text.LineReader;
import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.util.Iterator;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.jspecify.annotations.Nullable;

/**
 * Reads the rows of a CSV file: RFC 4180, so that a quoted cell may hold line breaks. The parser gets one line at a
 * time and requests the next one only inside a quoted cell. Thus the lines of each row are known, a malformed row ends
 * with the line in which the parser detected the error, and an unclosed quote cannot fill the memory.
 */
public final class CsvRows implements RecordSource {

    private static final String TOO_LONG =
            "longer than " + LineReader.MAX_CHARS + " characters, the most that a row can have";

    private final LineReader lines;
    private final CsvDialect dialect;
    private final RowMapping mapping;
    private final CSVFormat format;
    private final Feed feed = new Feed();
    private Iterator<CSVRecord> parser;
    private CsvColumns.@Nullable Places places;
    private boolean hasRows;

    public CsvRows(LineReader lines, CsvDialect dialect, RowMapping mapping) {
        this.lines = lines;
        this.dialect = dialect;
        this.mapping = mapping;
        this.format = CSVFormat.RFC4180
                .builder()
                .setDelimiter(dialect.delimiter())
                .setQuote(dialect.quoted() ? Character.valueOf('"') : null)
                .setIgnoreSurroundingSpaces(true)
                .get();
        this.parser = newParser();
    }

    @Override
    public @Nullable FileRecord next() throws IOException {
        if (lines.lines() == 0) {
            skipLines();
        }
        CsvColumns.Places found = places;
        if (found == null && dialect.headerLines() > 0) {
            found = CsvColumns.named(header()).places(mapping);
            places = found;
        }
        Parsed parsed = nextParsed();
        if (parsed == null) {
            return null;
        }
        if (parsed.fault() != null) {
            return new FileRecord.Bad(parsed.line(), parsed.text(), parsed.fault());
        }
        if (found == null) {
            found = CsvColumns.numbered(parsed.cells().size()).places(mapping);
            places = found;
        }
        hasRows = true;
        return row(parsed, found);
    }

    private FileRecord row(Parsed parsed, CsvColumns.Places found) {
        List<String> cells = parsed.cells();
        if (cells.size() < found.minCells()
                || (cells.size() > found.maxCells() && !isBlank(cells.subList(found.maxCells(), cells.size())))) {
            return new FileRecord.Bad(
                    parsed.line(),
                    parsed.text(),
                    "found " + cells.size() + " cells, expected " + found.maxCells() + " as in the first line");
        }
        return new FileRecord.Row(
                parsed.line(),
                parsed.text(),
                found.time().stream().map(cells::get).collect(Collectors.joining(" ")),
                CsvColumns.text(cells, mapping.device(), found.device()),
                CsvColumns.text(cells, mapping.group(), found.group()),
                found.metrics().stream()
                        .map(place -> new Cell(
                                place.column(),
                                place.metric() < 0 ? place.name() : cells.get(place.metric()),
                                Cell.Kind.UNTYPED,
                                cells.get(place.value())))
                        .toList());
    }

    private void skipLines() throws IOException {
        while (lines.lines() < dialect.skippedLines() && lines.next() != null) {
            // ignored, including the pieces of a long line
        }
    }

    private List<String> header() throws IOException {
        List<String> names = List.of();
        for (int i = 0; i < dialect.headerLines(); i++) {
            Parsed header = nextParsed();
            if (header == null) {
                throw new PublishException("the file ends before its " + (i == 0 ? "header" : "first row of data"));
            }
            if (header.fault() != null) {
                throw new PublishException(
                        "the header in line " + header.line() + " cannot be read: " + header.fault());
            }
            names = i == 0 ? header.cells() : names;
        }
        return names;
    }

    /** Returns the next row with a non-empty cell, or null at the end. */
    private @Nullable Parsed nextParsed() throws IOException {
        Line first = lines.next();
        while (first != null) {
            boolean comment = dialect.comment() != null && first.text().startsWith(dialect.comment());
            if (comment) {
                lines.skipRest(first);
            } else {
                Parsed parsed = parse(first);
                if (parsed.fault() != null || !isBlank(parsed.cells())) {
                    return parsed;
                }
            }
            first = lines.next();
        }
        return null;
    }

    private Parsed parse(Line first) throws IOException {
        if (!first.complete()) {
            lines.skipRest(first);
            return new Parsed(first.number(), first.text(), List.of(), TOO_LONG);
        }
        feed.begin(first);
        List<String> cells = List.of();
        String fault = null;
        try {
            cells = parser.next().toList();
        } catch (UncheckedIOException e) {
            feed.throwFailure();
            fault = feed.fault();
            parser = newParser();
        }
        Line invalid = feed.invalid;
        if (invalid != null) {
            fault = InvalidText.reason(lines.charset(), invalid);
            if (!hasRows) {
                throw InvalidText.refuse(lines.charset(), invalid);
            }
        }
        return new Parsed(first.number(), feed.taken(), cells, fault);
    }

    private Iterator<CSVRecord> newParser() {
        try {
            return CSVParser.builder().setReader(feed).setFormat(format).get().iterator();
        } catch (IOException e) {
            throw new UncheckedIOException("a parser reads nothing before the first call", e);
        }
    }

    private static boolean isBlank(List<String> cells) {
        return cells.stream().allMatch(String::isBlank);
    }

    /** @param fault why the row is invalid; null if it is valid */
    private record Parsed(long line, String text, List<String> cells, @Nullable String fault) {}

    /** Supplies the parser with the lines of one row, one per read. */
    private final class Feed extends Reader {

        private final StringBuilder taken = new StringBuilder();
        private @Nullable Line invalid;
        private @Nullable IOException failure;
        private String pending = "";
        private int at;
        private long last;
        private boolean tooLong;
        private boolean ended;

        void begin(Line line) {
            taken.setLength(0);
            invalid = null;
            take(line);
        }

        /** Returns the original text of the row, without its last line break. */
        String taken() {
            return taken.substring(0, taken.length() - 1);
        }

        /** Returns why the parser could not parse the row. */
        String fault() {
            if (tooLong) {
                return TOO_LONG + ": a quoted cell is not closed. Nothing after this line was read; close the quote, or"
                        + " use --no-quotes where quotes are ordinary characters";
            }
            return "quotes that are not closed before a delimiter or a line's end, expected \"…\" with inner ones doubled"
                    + (ended ? "; the cell reaches to the end of the file" : "; noticed in line " + last);
        }

        /** Throws the exception that occurred while reading a line. */
        void throwFailure() throws IOException {
            if (failure != null) {
                throw failure;
            }
        }

        @Override
        public int read(char[] buffer, int from, int length) throws IOException {
            if (at == pending.length() && !takeNext()) {
                return -1;
            }
            int count = Math.min(length, pending.length() - at);
            pending.getChars(at, at + count, buffer, from);
            at += count;
            return count;
        }

        /** Reads another line, because the parser is inside a quoted cell. */
        private boolean takeNext() throws IOException {
            Line line = nextLine();
            if (line == null) {
                ended = true;
                return false;
            }
            if (!line.complete() || taken.length() + line.text().length() > LineReader.MAX_CHARS) {
                tooLong = true;
                while (line != null) {
                    line = nextLine(); // it is unknown which lines are inside the cell
                }
                throw new IOException("the row is too long");
            }
            take(line);
            return true;
        }

        private @Nullable Line nextLine() throws IOException {
            try {
                return lines.next();
            } catch (IOException e) {
                failure = e;
                throw e;
            }
        }

        private void take(Line line) {
            last = line.number();
            if (!line.isValid() && invalid == null) {
                invalid = line;
            }
            pending = line.text() + '\n';
            at = 0;
            taken.append(pending);
        }

        @Override
        public void close() {
            // the owner of the lines closes them
        }
    }
}
