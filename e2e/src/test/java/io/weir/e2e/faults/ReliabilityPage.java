package io.weir.e2e.faults;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Writes the table of faults in docs/explanation/reliability.md: each run replaces its row if the system property
 * {@code weir.docs.write} is set. Always prints the row to standard output.
 */
final class ReliabilityPage {

    private static final Path PAGE = Path.of(System.getProperty("weir.home"), "docs/explanation/reliability.md");
    private static final String BEGIN = "<!-- faults: begin -->\n";
    private static final String END = "<!-- faults: end -->";
    private static final String HEAD =
            """
            Written by `./weir test --faults`, row by row.

            | Fault | Layout | Trigger | Zone | Readings | Stored | Duplicates | Rejected | Rows compared | Differences | Seed | Time | Date, machine |
            |---|---|---|---|---|---|---|---|---|---|---|---|---|
            """;

    private ReliabilityPage() {}

    /** A run that has passed: it found no differences. */
    record Run(
            String fault,
            String layout,
            String trigger,
            String zone,
            Map<String, Long> sent,
            long compared,
            long seed,
            Duration time) {

        private String key() {
            return "| " + fault + " | " + layout + " | " + trigger + " |";
        }

        private String row() {
            return String.format(
                    Locale.ROOT,
                    "%s %s | %,d | %,d | %,d | %,d | %,d | 0 | %d | %d min %d s | %s, %d cores |",
                    key(),
                    zone,
                    sent.get("received"),
                    sent.get("stored"),
                    sent.get("duplicate"),
                    sent.get("rejected"),
                    compared,
                    seed,
                    time.toMinutes(),
                    time.toSecondsPart(),
                    LocalDate.now(ZoneOffset.UTC),
                    Runtime.getRuntime().availableProcessors());
        }
    }

    static void add(Run run) throws IOException {
        System.out.println(run.row());
        if (!Boolean.getBoolean("weir.docs.write")) {
            return;
        }
        String page = Files.readString(PAGE);
        int begin = page.indexOf(BEGIN) + BEGIN.length();
        int end = page.indexOf(END);
        Map<String, String> rows = new TreeMap<>();
        page.substring(begin, end)
                .lines()
                .filter(line -> line.startsWith("| ") && !line.startsWith("| Fault "))
                .forEach(line -> rows.put(keyOf(line), line));
        rows.put(run.key(), run.row());
        String table = rows.values().stream().collect(Collectors.joining("\n", HEAD, "\n"));
        Files.writeString(PAGE, page.substring(0, begin) + table + page.substring(end));
    }

    private static String keyOf(String row) {
        String[] cells = row.split(" \\| ");
        return cells[0] + " | " + cells[1] + " | " + cells[2] + " |";
    }
}
