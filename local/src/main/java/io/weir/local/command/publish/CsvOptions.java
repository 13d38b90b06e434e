package io.weir.local.command.publish;

import io.weir.metricproducer.file.csv.CsvDialect;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Options for the dialect of a CSV file. */
final class CsvOptions {

    @Option(
            names = "--delimiter",
            paramLabel = "TEXT",
            description = "The character that separates cells, such as ';', or tab (default: a comma).")
    private @Nullable String delimiter;

    @Option(
            names = "--no-quotes",
            description = "Treat double quotes as ordinary characters (default: they enclose cells, as in RFC 4180).")
    private boolean noQuotes;

    @Option(names = "--comment", paramLabel = "TEXT", description = "Ignore rows that begin with this text.")
    private @Nullable String comment;

    @Option(names = "--skip-lines", paramLabel = "N", description = "Number of lines to skip before the header.")
    private @Nullable Integer skipLines;

    @Option(
            names = "--header-lines",
            paramLabel = "N",
            description = "Number of header lines; the first names the columns, the others (such as units) are ignored"
                    + " (default: 1).")
    private @Nullable Integer headerLines;

    @Option(names = "--no-header", description = "The first line is data; refer to columns as 1, 2, 3…")
    private boolean noHeader;

    /** Returns whether any of the options was given. */
    boolean areGiven() {
        return noQuotes
                || noHeader
                || Stream.of(delimiter, comment, skipLines, headerLines).anyMatch(Objects::nonNull);
    }

    /** Returns the dialect; throws IllegalArgumentException if the options are invalid. */
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
