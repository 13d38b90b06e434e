package io.weir.benchmarks;

import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.weir.benchmarks.latency.Latencies;
import io.weir.benchmarks.latency.LatencyRun;
import io.weir.benchmarks.latency.Way;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
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

/** Measures how fresh the tables are. */
@Command(
        name = "latency",
        mixinStandardHelpOptions = true,
        description = {
            "Measure the time from when a reading is sent until its raw row can be read, and until the rollup of its hour"
                    + " counts it.",
            "Devices send at a fixed rate, and all fall silent for a second in every ten. Starts a Weir of its own for"
                    + " each figure, and checks in the end that every reading is stored once."
        })
final class LatencyCommand implements Callable<Integer> {

    @Spec
    private @Nullable CommandSpec command;

    @Option(
            names = "--rates",
            paramLabel = "R,…",
            split = ",",
            description = "Readings a second (default: 1000,10000).")
    private List<Integer> rates = List.of(1000, 10_000);

    @Option(
            names = "--ways",
            paramLabel = "W,…",
            split = ",",
            description = "Some of ${COMPLETION-CANDIDATES} (default: all).")
    private List<Way> ways = List.of(Way.values());

    @Option(
            names = "--seconds",
            paramLabel = "S",
            description = "For how long each is measured, after 20 s to warm up (default: ${DEFAULT-VALUE}).")
    private int seconds = 60;

    @Option(names = "--docs", description = "Put the table into docs/performance.md as well.")
    private boolean docs;

    @Override
    public Integer call() throws IOException, InterruptedException {
        if (seconds < 1 || rates.stream().anyMatch(rate -> rate < 1)) {
            throw Given.wrong(command, "--seconds and --rates must be at least 1");
        }
        List<LatencyRun.Found> all = new ArrayList<>();
        Path directory = Files.createTempDirectory("weir-latency");
        try {
            for (int rate : rates) {
                for (Way way : ways) {
                    Path own = directory.resolve(rate + "-" + way);
                    LatencyRun.Found found =
                            new LatencyRun(Home.path(), own, Duration.ofSeconds(seconds)).run(way, rate);
                    Bench.notice(row(found));
                    all.add(found);
                    Trees.delete(own);
                }
            }
        } finally {
            Trees.delete(directory);
        }
        write(all);
        return Bench.DONE;
    }

    private void write(List<LatencyRun.Found> all) throws IOException {
        String markdown = markdown(all);
        Path out = Files.createDirectories(Home.path().resolve("target/bench"));
        Files.writeString(out.resolve("latency.md"), markdown);
        JsonMapper.builder()
                .enable(SerializationFeature.INDENT_OUTPUT)
                .build()
                .writeValue(
                        out.resolve("latency.json").toFile(),
                        Map.of(
                                "date", LocalDate.now(ZoneOffset.UTC).toString(),
                                "command", Given.line(command),
                                "machine", Machine.here(),
                                "versions", Versions.sentence(Home.path()),
                                "found", all.stream().map(LatencyCommand::json).toList()));
        if (docs) {
            new PerformancePage(Home.path()).write("latency", markdown);
        }
        System.out.println(markdown);
    }

    private String markdown(List<LatencyRun.Found> all) throws IOException {
        List<String> rows = new ArrayList<>();
        all.forEach(found -> rows.add(row(found)));
        return String.format(
                Locale.ROOT,
                """
                Written on %s by `%s`.

                %s. %s.

                | Way | Readings/s | Samples | Raw row, ms: p50 | p99 | max | Rollup, ms: p50 | p99 | max |
                |---|---|---|---|---|---|---|---|---|
                %s
                """,
                LocalDate.now(ZoneOffset.UTC),
                Given.line(command),
                Machine.here().sentence(),
                Versions.sentence(Home.path()),
                String.join("\n", rows));
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
