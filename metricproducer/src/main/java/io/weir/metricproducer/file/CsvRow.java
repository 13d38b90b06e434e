package io.weir.metricproducer.file;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;

/** Cuts one line into cells. Each line stands alone, so that a stray quote spoils no more than its own. */
final class CsvRow {

    private static final CSVFormat FORMAT =
            CSVFormat.RFC4180.builder().setIgnoreSurroundingSpaces(true).get();

    private CsvRow() {}

    /** Returns the cells without their quotes; throws IllegalArgumentException if the line is no row. */
    static List<String> parse(byte[] line) {
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(line))
                    .toString();
            List<CSVRecord> rows = CSVParser.parse(text, FORMAT).getRecords();
            if (rows.size() != 1) {
                throw new IllegalArgumentException("found a line break within the line, expected one row");
            }
            return rows.get(0).toList();
        } catch (CharacterCodingException e) {
            throw new IllegalArgumentException("not valid UTF-8", e);
        } catch (IOException | UncheckedIOException e) {
            throw new IllegalArgumentException(
                    "quotes that are not closed before a comma or the line's end, expected \"…\" with inner ones doubled",
                    e);
        }
    }
}
