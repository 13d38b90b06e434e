package io.weir.local.command;

import io.weir.metricproducer.file.CsvDialect;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** How the text of a CSV file is cut into cells. */
final class CsvOptions {

    @Option(
            names = "--delimiter",
            paramLabel = "TEXT",
            description = "What stands between cells: a character such as ';', or tab (default: a comma).")
    private @Nullable String delimiter;

    @Option(
            names = "--no-quotes",
            description = "Double quotes are ordinary characters (default: they enclose cells, as RFC 4180 says).")
    private boolean noQuotes;

    @Option(names = "--comment", paramLabel = "TEXT", description = "Rows that begin with it are left out.")
    private @Nullable String comment;

    @Option(names = "--skip-lines", paramLabel = "N", description = "Lines to leave out before the header.")
    private @Nullable Integer skipLines;

    @Option(
            names = "--header-lines",
            paramLabel = "N",
            description = "Header lines; the first names the columns, the others, such as units, are left out"
                    + " (default: 1).")
    private @Nullable Integer headerLines;

    @Option(names = "--no-header", description = "The first line is data; columns are named 1, 2, 3…")
    private boolean noHeader;

    /** Returns whether any of the options was given. */
    boolean areGiven() {
        return noQuotes
                || noHeader
                || Stream.of(delimiter, comment, skipLines, headerLines).anyMatch(Objects::nonNull);
    }

    /** Returns the dialect; throws IllegalArgumentException if there is none such. */
    CsvDialect dialect() {
        if (noHeader && headerLines != null && headerLines != 0) {
            throw new IllegalArgumentException("--no-header and --header-lines " + headerLines + " exclude each other");
        }
        return new CsvDialect(
                delimiterText(),
                !noQuotes,
                comment,
                skipLines == null ? 0 : skipLines,
                noHeader ? 0 : headerLines == null ? 1 : headerLines);
    }

    private String delimiterText() {
        if (delimiter == null) {
            return ",";
        }
        return delimiter.equals("tab") || delimiter.equals("\\t") ? "\t" : delimiter;
    }
}
