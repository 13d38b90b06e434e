package io.weir.metricproducer.file;

import org.jspecify.annotations.Nullable;

/**
 * How the text of a CSV file is cut into cells; within that, RFC 4180.
 *
 * @param delimiter what stands between two cells: one character or more
 * @param quoted whether cells may stand between double quotes, with line breaks and delimiters in them
 * @param comment rows that begin with it are left out; null for none
 * @param skippedLines lines before the header that are left out, whatever they hold
 * @param headerLines rows before the data; the first names the columns, the others, such as units, are left out; 0 for
 *     none
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
