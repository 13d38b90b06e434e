package io.weir.metricproducer.file.csv;

import org.jspecify.annotations.Nullable;

/**
 * The dialect of a CSV file; apart from these options, RFC 4180.
 *
 * @param delimiter the text between two cells: at least one character
 * @param quoted whether cells may be quoted, with line breaks and delimiters inside
 * @param comment rows that begin with it are ignored; null for none
 * @param skippedLines the number of lines to skip before the header
 * @param headerLines the number of rows before the data; the first names the columns, the others, such as units, are
 *     ignored; 0 for none
 */
public record CsvDialect(
        String delimiter, boolean quoted, @Nullable String comment, int skippedLines, int headerLines) {

    /** Commas and one header line. */
    public static final CsvDialect DEFAULT = new CsvDialect(",", true, null, 0, 1);

    public CsvDialect {
        if (delimiter.isEmpty() || delimiter.contains("\n") || delimiter.contains("\r") || delimiter.contains("\"")) {
            throw new IllegalArgumentException(
                    "the delimiter is \"" + delimiter + "\"; expected a character such as ; or , or tab");
        }
        if (comment != null && comment.isEmpty()) {
            throw new IllegalArgumentException("the comment marker is empty; expected a text such as #");
        }
        if (skippedLines < 0 || headerLines < 0) {
            throw new IllegalArgumentException("lines to skip and header lines cannot be less than 0");
        }
    }
}
