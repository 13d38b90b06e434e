package io.weir.benchmarks;

import io.weir.benchmarks.measured.NotMeasuredException;
import io.weir.benchmarks.steady.FleetLoad;
import io.weir.benchmarks.steady.RateSearch;
import io.weir.benchmarks.steady.ReportingFleet;
import io.weir.benchmarks.steady.SteadyRun;
import io.weir.benchmarks.variant.Variant;
import io.weir.local.command.terminal.DurationConverter;
import io.weir.local.servers.Heaps;
import io.weir.local.servers.UnavailableException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Measures whether a pipeline keeps up with a fleet at a steady rate. */
@Command(
        name = "steady",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Measure whether a pipeline keeps up with a fleet at a steady rate, and its resource usage: lag over time,"
                    + " freshness, CPU, memory, requests, and bytes on disk.",
            "Starts Kafka, Cassandra and the pipeline for each run, in the same way as weir up. The devices report"
                    + " evenly spread over their interval. At the end, compares the stored readings with those that"
                    + " the fleet sent."
        },
        footer = {
            "",
            "Fleets:",
            "  site      1,000 devices, 5 metrics in one record every second",
            "  city      100,000 devices, 1 metric every 10 s",
            "  meters    100,000 devices, 5 metrics in one record every 60 s",
            "  country   1,000,000 devices, 1 metric every 300 s",
            "",
            "Variants:",
            "  fused        Weir with default settings",
            "  realtime     Weir in Spark's Real-Time Mode",
            "  spark-state  two queries, Spark's aggregation on RocksDB, asynchronous batches; duplicates count twice",
            "  ceiling      only the clients of Kafka and Cassandra, which write raw tables but no rollups",
            "",
            "Examples:",
            "  weir bench steady --fleet city --for 30m",
            "  weir bench steady --fleet country --heap 512m --for 10m --warm-up 5m",
            "  weir bench steady --fleet city --variant fused,spark-state,ceiling --search --rounds 3"
        })
final class SteadyCommand implements Callable<Integer> {

    private static final List<Variant> POSSIBLE =
            List.of(Variant.FUSED, Variant.REALTIME, Variant.SPARK_STATE, Variant.CEILING);

    @Spec
    private @Nullable CommandSpec command;

    @Option(names = "--fleet", paramLabel = "FLEET", description = "The fleet (default: city).")
    private ReportingFleet fleet = ReportingFleet.CITY;

    @Option(
            names = "--variant",
            paramLabel = "A,B,…",
            split = ",",
            description = "The variants; several run in turns, round by round (default: fused).")
    private List<String> variants = List.of("fused");

    @Option(
            names = "--for",
            paramLabel = "DURATION",
            converter = DurationConverter.class,
            description = "The duration of the measurement, for example 90s or 30m (default: 10m).")
    private Duration length = Duration.ofMinutes(10);

    @Option(
            names = "--warm-up",
            paramLabel = "DURATION",
            converter = DurationConverter.class,
            description = "The duration of the warm-up before it (default: 2m).")
    private Duration warmUp = Duration.ofMinutes(2);

    @Option(
            names = "--rate-factor",
            paramLabel = "F",
            description = "Factor for the rate of the devices (default: ${DEFAULT-VALUE}).")
    private double factor = 1;

    @Option(
            names = "--search",
            description =
                    "Search the highest rate factor without growing lag, starting at --rate-factor, with one run per"
                            + " factor.")
    private boolean search;

    @Option(
            names = "--precision",
            paramLabel = "F",
            description = "Relative precision of the search: the difference between a sustained and an unsustained"
                    + " factor (default: ${DEFAULT-VALUE}).")
    private double precision = 0.1;

    @Option(
            names = "--threshold",
            paramLabel = "F",
            description = "Lag counts as growing if the slope of its regression line exceeds this fraction of the rate"
                    + " of records (default: ${DEFAULT-VALUE}).")
    private double threshold = 0.01;

    @Option(
            names = "--duplicates",
            paramLabel = "F",
            description = "Fraction of records that are sent twice (default: ${DEFAULT-VALUE}).")
    private double duplicates;

    @Mixin
    private HeapOption heap = new HeapOption();

    @Option(
            names = "--rounds",
            paramLabel = "R",
            description = "Number of measurements, or searches, per variant (default: ${DEFAULT-VALUE}).")
    private int rounds = 1;

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description = "Directory for the data and logs of each run, which are kept (default: a temporary directory,"
                    + " removed after each run).")
    private @Nullable Path data;

    @Option(names = "--json", description = "Print JSON, with all samples of the lag.")
    private boolean json;

    @Option(
            names = "--docs",
            arity = "0..1",
            paramLabel = "PLACE",
            fallbackValue = "",
            description =
                    "Also write the tables and the plot to docs/reference/performance.md, to the section with this name"
                            + " (default: steady-FLEET).")
    private @Nullable String docs;

    @Override
    public Integer call() throws IOException, InterruptedException {
        List<Variant> chosen = chosen();
        if (data != null && Files.exists(data)) {
            throw Given.wrong(command, "--data " + data + " already exists: a run requires empty tables");
        }
        FleetLoad load = load();
        Heaps heaps = heap.heaps();
        SteadyReport report =
                new SteadyReport(load, heap.shown(), threshold, search, chosen, measure(chosen, load, heaps));
        write(report);
        boolean right = report.outcomes().stream().noneMatch(SteadyOutcome::isWrong);
        boolean measured = search || report.outcomes().stream().allMatch(SteadyOutcome::isValid);
        return right && measured ? Bench.DONE : Bench.FAILED;
    }

    private List<Variant> chosen() {
        List<Variant> chosen = new ArrayList<>();
        for (String label : variants) {
            chosen.add(POSSIBLE.stream()
                    .filter(variant -> variant.label().equals(label))
                    .findFirst()
                    .orElseThrow(() -> Given.wrong(
                            command,
                            "unknown variant \"" + label + "\"; expected any of "
                                    + POSSIBLE.stream().map(Variant::label).toList())));
        }
        if (Set.copyOf(chosen).size() < chosen.size()) {
            throw Given.wrong(command, "--variant contains a variant twice; use --rounds for more runs");
        }
        if (duplicates > 0 && chosen.contains(Variant.SPARK_STATE)) {
            throw Given.wrong(command, "spark-state counts duplicates twice: omit it, or --duplicates");
        }
        return chosen;
    }

    private FleetLoad load() {
        if (!(factor > 0) || !(precision > 0) || !(threshold > 0) || rounds < 1) {
            throw Given.wrong(
                    command, "--rate-factor, --precision and --threshold must be above 0, and --rounds at least 1");
        }
        if (!(duplicates >= 0 && duplicates <= 1)) {
            throw Given.wrong(command, "--duplicates must be from 0 to 1");
        }
        try {
            long copyEvery = duplicates == 0 ? 0 : Math.round(1 / duplicates);
            return new FleetLoad(fleet, factor, warmUp, length, copyEvery);
        } catch (IllegalArgumentException e) {
            throw Given.wrong(command, String.valueOf(e.getMessage()));
        }
    }

    private List<SteadyOutcome> measure(List<Variant> chosen, FleetLoad load, Heaps heaps)
            throws IOException, InterruptedException {
        SteadyRun runs = new SteadyRun(Home.path(), heaps, threshold, Bench::notice);
        List<SteadyOutcome> outcomes = new ArrayList<>();
        for (int round = 1; round <= rounds; round++) {
            for (Variant variant : chosen) {
                if (search) {
                    outcomes.addAll(search(runs, variant, load, round));
                } else {
                    outcomes.add(measure(runs, variant, load, round));
                }
            }
        }
        return outcomes;
    }

    /** Stops early if the written rows are wrong, because the speed is then meaningless. */
    private List<SteadyOutcome> search(SteadyRun runs, Variant variant, FleetLoad load, int round)
            throws IOException, InterruptedException {
        RateSearch rates = new RateSearch(factor, precision);
        List<SteadyOutcome> tried = new ArrayList<>();
        for (OptionalDouble next = rates.next(); next.isPresent(); next = rates.next()) {
            SteadyOutcome outcome = measure(runs, variant, load.withFactor(next.getAsDouble()), round);
            tried.add(outcome);
            if (outcome.isWrong()) {
                return tried;
            }
            rates.tried(next.getAsDouble(), outcome.isSustained());
        }
        return tried;
    }

    private SteadyOutcome measure(SteadyRun runs, Variant variant, FleetLoad load, int round)
            throws IOException, InterruptedException {
        Bench.notice(String.format(
                Locale.ROOT,
                "%s, round %d: %s, %,.0f readings/s for %d + %d s",
                variant.label(),
                round,
                load.fleet().label(),
                load.readingsPerSecond(),
                load.warmUp().toSeconds(),
                load.length().toSeconds()));
        Path directory = directoryOf(variant, load, round);
        SteadyOutcome outcome;
        try {
            outcome = SteadyOutcome.of(runs.run(variant, load, round, directory));
        } catch (NotMeasuredException | UnavailableException e) { // keep the results of the other runs
            outcome = SteadyOutcome.failed(variant, round, load.factor(), String.valueOf(e.getMessage()));
        } finally {
            if (data == null) {
                Trees.delete(directory);
            }
        }
        Bench.notice("sustained: " + outcome.state());
        return outcome;
    }

    private Path directoryOf(Variant variant, FleetLoad load, int round) throws IOException {
        return data == null
                ? Files.createTempDirectory("weir-steady")
                : data.resolve(load.fleet().label() + "-" + variant.label() + "-" + round + "-" + load.factor());
    }

    private void write(SteadyReport report) throws IOException {
        String name = docs == null || docs.isEmpty() ? "steady-" + fleet.label() : docs;
        Path out = Files.createDirectories(Home.path().resolve("target/bench"));
        LagPlot.write(report.shown(), out.resolve(name + ".svg"));
        String tables = report.markdown();
        if (docs != null) {
            Path images = Files.createDirectories(Home.path().resolve("docs/images"));
            LagPlot.write(report.shown(), images.resolve(name + ".svg"));
            tables += "\n![The lag over time](../images/" + name + ".svg)\n";
        }
        new Figures(name, Given.line(command), Versions.sentence(Home.path()), tables, report.json())
                .write(docs != null, json);
    }
}
