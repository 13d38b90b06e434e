package io.weir.benchmarks;

import io.weir.benchmarks.api.ApiRun;
import io.weir.benchmarks.api.Wrk;
import io.weir.benchmarks.api.WrkResult;
import io.weir.benchmarks.api.Year;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Measures the throughput and latency of the query API. */
@Command(
        name = "api",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Measure the query API under concurrent requests with the load generator wrk, which must be installed.",
            "Starts weir up on a new directory, sends a year of readings, checks that each is stored once, and runs"
                    + " one query after the other. Stops at the first failed request."
        })
final class ApiCommand implements Callable<Integer> {

    private static final double MILLI = 1000.0;

    @Spec
    private @Nullable CommandSpec command;

    @Option(
            names = "--devices",
            paramLabel = "N",
            description = "Number of devices, in two groups, with one metric each (default: ${DEFAULT-VALUE}).")
    private int devices = 20;

    @Option(
            names = "--every",
            paramLabel = "MIN",
            description = "Minutes between two readings of a device; must divide 1440 (default: ${DEFAULT-VALUE}).")
    private int everyMinutes = 30;

    @Option(
            names = "--connections",
            paramLabel = "N",
            description = "Number of concurrent connections; must be even (default: ${DEFAULT-VALUE}).")
    private int connections = 8;

    @Option(
            names = "--seconds",
            paramLabel = "S",
            description = "Seconds to measure each query, after a warm-up of 5 s (default: ${DEFAULT-VALUE}).")
    private int seconds = 30;

    @Option(names = "--docs", description = "Also write the table to docs/reference/performance.md.")
    private boolean docs;

    @Override
    public Integer call() throws IOException, InterruptedException {
        if (seconds < 1) {
            throw Given.wrong(command, "--seconds must be at least 1");
        }
        if (connections < Wrk.THREADS || connections % Wrk.THREADS != 0) {
            throw Given.wrong(
                    command, "--connections must be a multiple of " + Wrk.THREADS + ", the number of wrk's threads");
        }
        Year year = year();
        Wrk wrk = Wrk.find();
        Path directory = Files.createTempDirectory("weir-api");
        List<ApiRun.Found> all;
        try {
            all = new ApiRun(Home.path(), directory, wrk, connections, Duration.ofSeconds(seconds))
                    .run(year, Bench::notice);
        } finally {
            Trees.delete(directory);
        }
        figures(all, wrk).write(docs);
        return Bench.DONE;
    }

    private Year year() {
        try {
            return new Year(LocalDate.now(ZoneOffset.UTC), devices, Duration.ofMinutes(everyMinutes));
        } catch (IllegalArgumentException e) {
            throw Given.wrong(command, String.valueOf(e.getMessage()));
        }
    }

    private Figures figures(List<ApiRun.Found> all, Wrk wrk) throws IOException {
        List<String> rows = all.stream().map(ApiCommand::row).toList();
        return new Figures(
                "api",
                Given.line(command),
                Versions.sentence(Home.path()) + ", wrk " + wrk.version(),
                """
                | Question | Requests/s | p50 ms | p99 ms | max ms | Rows read |
                |---|---|---|---|---|---|
                """
                        + String.join("\n", rows),
                all.stream().map(ApiCommand::json).toList());
    }

    private static String row(ApiRun.Found found) {
        WrkResult load = found.load();
        return String.format(
                Locale.ROOT,
                "| %s | %,.0f | %.1f | %.1f | %.1f | %s |",
                found.question().title(),
                load.requestsPerSecond(),
                load.p50() / MILLI,
                load.p99() / MILLI,
                load.max() / MILLI,
                found.rows().text());
    }

    private static Map<String, Object> json(ApiRun.Found found) {
        WrkResult load = found.load();
        return Map.of(
                "question", found.question().title(),
                "paths", found.question().paths(),
                "requests", load.requests(),
                "seconds", load.length().toNanos() / 1e9,
                "p50Micros", load.p50(),
                "p99Micros", load.p99(),
                "maxMicros", load.max(),
                "rowsRead",
                        Map.of(
                                "least",
                                found.rows().least(),
                                "most",
                                found.rows().most()));
    }
}
