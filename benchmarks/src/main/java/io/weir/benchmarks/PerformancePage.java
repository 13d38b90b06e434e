package io.weir.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The tables of docs/reference/performance.md, each between two comments with its name. */
final class PerformancePage {

    private final Path page;

    PerformancePage(Path home) {
        page = home.resolve("docs/reference/performance.md");
    }

    /** Replaces the table between its comments. */
    void write(String name, String table) throws IOException {
        String begin = "<!-- " + name + ": begin -->\n";
        String end = "<!-- " + name + ": end -->";
        String text = Files.readString(page);
        int from = text.indexOf(begin);
        int to = text.indexOf(end);
        if (from < 0 || to < from) {
            throw new IOException(page + " has no place for this table: expected \"" + begin.strip() + "\" and \"" + end
                    + "\" in it");
        }
        Files.writeString(page, text.substring(0, from + begin.length()) + "\n" + table + "\n" + text.substring(to));
    }
}
