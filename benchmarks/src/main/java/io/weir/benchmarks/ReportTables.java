package io.weir.benchmarks;

import io.weir.benchmarks.measured.Verdict;
import io.weir.benchmarks.variant.Measurement;
import io.weir.benchmarks.variant.Variant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Formats a report as Markdown: medians and ranges over the rounds, and ratios between variants. */
final class ReportTables {

    private static final double MILLION = 1e6;
    private static final double MIB = 1 << 20;

    private final Report report;

    ReportTables(Report report) {
        this.report = report;
    }

    String markdown() {
        return Stream.of(head(), figures(), ratios(), warmUps(), faults())
                .filter(part -> !part.isEmpty())
                .collect(Collectors.joining("\n"));
    }

    private String head() {
        Workload workload = report.workload();
        return String.format(
                Locale.ROOT,
                """
                Written on %s by `%s`.

                %s. %s. Heap of each variant: %s.

                %,d readings of %,d devices in %d groups, %d partitions, every %d s, late %s, duplicates %s, seed %d; before
                them %,d in the same JVM to warm up. Medians (least–most) over the rounds that count, which are %d.
                """,
                LocalDate.ofInstant(report.date(), ZoneOffset.UTC),
                report.command(),
                report.machine().sentence(),
                report.versions(),
                report.heap(),
                workload.readings(),
                workload.devices(),
                workload.groups(),
                workload.partitions(),
                workload.everySeconds(),
                workload.late(),
                workload.duplicates(),
                workload.seed(),
                workload.warmUp(),
                report.runs().stream().mapToInt(Run::round).max().orElse(0));
    }

    private String figures() {
        List<String> rows = new ArrayList<>();
        rows.add("| Variant | Readings/s | CPU s per million readings: its JVM | Cassandra | Kafka"
                + " | Peak MiB: its JVM | Cassandra | Requests per 1000 readings | Rows | Checked |");
        rows.add("|---|---|---|---|---|---|---|---|---|---|");
        for (Variant variant : report.variants()) {
            rows.add(figuresOf(variant));
        }
        return table(rows);
    }

    private String figuresOf(Variant variant) {
        String checked = checked(variant);
        if (report.counted(variant).findAny().isEmpty()) {
            return "| " + variant.label() + " | | | | | | | | | " + checked + " |";
        }
        double millions = report.workload().readings() / MILLION;
        return "| "
                + String.join(
                        " | ",
                        variant.label(),
                        Spread.of(report.counted(variant), report::readingsPerSecond)
                                .text("%,.0f"),
                        spread(variant, took -> took.variant().cpuSeconds() / millions, "%.1f"),
                        spread(variant, took -> took.cassandra().cpuSeconds() / millions, "%.1f"),
                        spread(variant, took -> took.kafka().cpuSeconds() / millions, "%.1f"),
                        spread(variant, took -> took.variant().peakBytes() / MIB, "%,.0f"),
                        spread(variant, took -> took.cassandra().peakBytes() / MIB, "%,.0f"),
                        spread(variant, took -> took.requests() / millions / 1000, "%.1f"),
                        Spread.of(report.counted(variant), run ->
                                        (double) run.verdict().rows())
                                .text("%,.0f"),
                        checked)
                + " |";
    }

    private String spread(Variant variant, ToDoubleFunction<Measurement> figure, String format) {
        return Spread.of(report.counted(variant).map(Run::measured), figure).text(format);
    }

    /** Returns the result of the checks in all rounds, or the first error. */
    private String checked(Variant variant) {
        List<Run> runs =
                report.runs().stream().filter(run -> run.variant() == variant).toList();
        Optional<Verdict> wrong = runs.stream()
                .map(Run::verdict)
                .filter(verdict -> !verdict.right())
                .findFirst();
        return wrong.map(verdict -> "**wrong**: " + verdict.found())
                .or(() -> runs.stream()
                        .findFirst()
                        .map(run -> "right: " + run.verdict().found()))
                .orElse("");
    }

    private String ratios() {
        List<String> rows = new ArrayList<>();
        rows.add("| Readings/s of … | are those of … | times |");
        rows.add("|---|---|---|");
        Variant first = report.variants().get(0);
        for (Variant other : report.variants().subList(1, report.variants().size())) {
            List<Double> ratios = ratios(first, other);
            if (!ratios.isEmpty()) {
                rows.add("| " + first.label() + " | " + other.label() + " | "
                        + Spread.of(ratios.stream(), Double::doubleValue).text("%.2f") + " |");
            }
        }
        return rows.size() == 2 ? "" : table(rows);
    }

    /** Compares round by round, because other load on the machine affects both variants. */
    private List<Double> ratios(Variant first, Variant other) {
        List<Double> ratios = new ArrayList<>();
        report.counted(first).forEach(run -> report.counted(other)
                .filter(same -> same.round() == run.round())
                .forEach(same -> ratios.add(report.readingsPerSecond(run) / report.readingsPerSecond(same))));
        return ratios;
    }

    private String warmUps() {
        String all = report.runs().stream()
                .filter(run -> run.round() == 0 && run.took() != null)
                .map(run ->
                        String.format(Locale.ROOT, "%s %,.0f", run.variant().label(), report.readingsPerSecond(run)))
                .collect(Collectors.joining(", "));
        return all.isEmpty() ? "" : "Round 0, which does not count, in readings/s: " + all + ".\n";
    }

    private String faults() {
        String wrong = report.runs().stream()
                .filter(run -> !run.verdict().right())
                .map(run -> "- " + run.variant().label() + ", round " + run.round() + ": "
                        + run.verdict().found() + "\n")
                .collect(Collectors.joining());
        return wrong.isEmpty() ? "" : "What was wrong:\n\n" + wrong;
    }

    private static String table(List<String> rows) {
        return String.join("\n", rows) + "\n";
    }
}
