package io.weir.benchmarks;

import io.weir.benchmarks.latency.Latencies;
import io.weir.benchmarks.latency.LatencyRun;
import io.weir.benchmarks.latency.Way;
import io.weir.benchmarks.measured.NotMeasuredException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Measures the freshness of the tables. */
@Command(
        name = "latency",
        mixinStandardHelpOptions = true,
        description = {
            "Measure the latency from sending a reading until its raw row is readable, and until the rollup of its"
                    + " hour includes it.",
            "Devices send at a fixed rate, with a pause of one second in every ten. Starts a new Weir for each"
                    + " measurement, and checks at the end that each reading is stored once."
        })
final class LatencyCommand implements Callable<Integer> {

    @Spec
    private @Nullable CommandSpec command;

    @Option(
            names = "--rates",
            paramLabel = "R,…",
            split = ",",
            description = "Readings per second (default: 1000,10000).")
    private List<Integer> rates = List.of(1000, 10_000);

    @Option(
            names = "--ways",
            paramLabel = "W,…",
            split = ",",
            description = "Any of ${COMPLETION-CANDIDATES} (default: all).")
    private List<Way> ways = List.of(Way.values());

    @Option(names = "--seconds", paramLabel = "S", description = "Seconds to measure (default: ${DEFAULT-VALUE}).")
    private int seconds = 60;

    @Option(
            names = "--warm-up",
            paramLabel = "S",
            description = "Seconds of warm-up: at a low rate the JIT needs minutes to compile everything (default:"
                    + " ${DEFAULT-VALUE}).")
    private int warmUp = 300;

    @Option(
            names = "--docs",
            arity = "0..1",
            paramLabel = "PLACE",
            fallbackValue = "latency",
            description =
                    "Also write the table to docs/reference/performance.md, to the section with this name (default:"
                            + " ${FALLBACK-VALUE}).")
    private @Nullable String docs;

    @Override
    public Integer call() throws IOException, InterruptedException {
        if (seconds < 1 || warmUp < 1 || rates.stream().anyMatch(rate -> rate < 1)) {
            throw Given.wrong(command, "--seconds, --warm-up and --rates must be at least 1");
        }
        List<String> rows = new ArrayList<>();
        List<Map<String, Object>> all = new ArrayList<>();
        boolean measured = true;
        Path directory = Files.createTempDirectory("weir-latency");
        try {
            for (int rate : rates) {
                for (Way way : ways) {
                    Path own = directory.resolve(rows.size() + "-" + rate + "-" + way);
                    try {
                        LatencyRun.Found found = new LatencyRun(
                                        Home.path(), own, Duration.ofSeconds(warmUp), Duration.ofSeconds(seconds))
                                .run(way, rate);
                        rows.add(row(found));
                        all.add(json(found));
                    } catch (NotMeasuredException e) { // keep the results of the others, which took minutes each
                        measured = false;
                        rows.add(rowWithout(way, rate, e));
                        all.add(Map.of("way", way, "rate", rate, "notMeasured", String.valueOf(e.getMessage())));
                    }
                    Bench.notice(rows.get(rows.size() - 1));
                    Trees.delete(own);
                }
            }
        } finally {
            Trees.delete(directory);
        }
        figures(rows, all).write(docs != null);
        return measured ? Bench.DONE : Bench.FAILED;
    }

    private Figures figures(List<String> rows, List<Map<String, Object>> all) throws IOException {
        return new Figures(
                docs == null ? "latency" : docs,
                Given.line(command),
                Versions.sentence(Home.path()),
                """
                | Way | Readings/s | Samples | Raw row, ms: p50 | p99 | max | Rollup, ms: p50 | p99 | max |
                |---|---|---|---|---|---|---|---|---|
                """
                        + String.join("\n", rows),
                all);
    }

    private static String rowWithout(Way way, int rate, NotMeasuredException why) {
        return String.format(
                Locale.ROOT, "| %s | %,d | | **not measured**: %s | | | | | |", way.title(), rate, why.getMessage());
    }

    private static String row(LatencyRun.Found found) {
        return String.format(
                Locale.ROOT,
                "| %s | %,d | %,d | %s | %s |",
                found.way().title(),
                found.rate(),
                found.raw().samples(),
                columns(found.raw()),
                columns(found.rollups()));
    }

    private static String columns(Latencies latencies) {
        return String.format(
                Locale.ROOT,
                "%.1f | %.1f | %.1f",
                latencies.millisAt(50),
                latencies.millisAt(99),
                latencies.mostMillis());
    }

    private static Map<String, Object> json(LatencyRun.Found found) {
        return Map.of(
                "way", found.way(),
                "rate", found.rate(),
                "readings", found.readings(),
                "rawMillis", json(found.raw()),
                "rollupMillis", json(found.rollups()));
    }

    private static Map<String, Object> json(Latencies latencies) {
        return Map.of(
                "samples", latencies.samples(),
                "p50", latencies.millisAt(50),
                "p99", latencies.millisAt(99),
                "max", latencies.mostMillis());
    }
}
