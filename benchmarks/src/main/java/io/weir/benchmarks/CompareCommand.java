package io.weir.benchmarks;

import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.ToStringSerializer;
import io.weir.benchmarks.variant.Variant;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Runs the variants in turns on the same log, round by round. */
@Command(
        name = "weir bench",
        sortOptions = false,
        description = {
            "Compare the speed of Weir with its upper limit and with other implementations.",
            "Starts its own Kafka and Cassandra, fills a topic, and runs the variants on it in turns, each in its own"
                    + " JVM, round by round. Verifies the rows that each variant has written, and reports a variant"
                    + " with wrong rows as wrong."
        },
        subcommands = {SteadyCommand.class, LatencyCommand.class, ApiCommand.class, ScaleCommand.class, JmhCommand.class
        },
        footer = {
            "",
            "Variants:",
            "  fused        Weir with default settings",
            "  eight        Weir with one query per table",
            "  realtime     Weir in Spark's Real-Time Mode",
            "  tuned        Weir with the settings of --tune",
            "  skip         Weir restarted with a checkpoint at the beginning after all records are applied; requires"
                    + " fused before it",
            "  log          Spark only reads and parses the log",
            "  ceiling      only the Cassandra driver writes the rows of fused from memory; requires fused before it",
            "  baseline     eight queries, Spark's windows, one insert per row",
            "  spark-state  two queries, Spark's aggregation on RocksDB, asynchronous batches",
            "",
            "Examples:",
            "  weir bench --readings 2000000 --rounds 3 --variants fused,log,ceiling",
            "  weir bench --readings 50000 --variants fused,baseline --late 0 --duplicates 0",
            "  weir bench --variants fused,tuned --tune spark.weir.spark.chunk-records=20000",
            "  weir bench steady --fleet city --for 30m",
            "  weir bench latency --rates 1000",
            "  weir bench api --connections 16",
            "  weir bench scale --sweeps SERIES,SPAN",
            "  weir bench jmh Decode"
        })
final class CompareCommand implements Callable<Integer> {

    @Spec
    private @Nullable CommandSpec command;

    @Mixin
    private WorkloadOptions log = new WorkloadOptions();

    @Option(
            names = "--rounds",
            paramLabel = "R",
            description = "Number of measured rounds, after one warm-up round (default: ${DEFAULT-VALUE}).")
    private int rounds = 3;

    @Option(
            names = "--variants",
            paramLabel = "A,B,…",
            split = ",",
            description = "The variants in their order of execution; the others are compared with the first (default:"
                    + " fused,log,ceiling).")
    private List<String> variants = List.of("fused", "log", "ceiling");

    @Option(
            names = "--tune",
            paramLabel = "KEY=VALUE",
            description = "A setting for the variant tuned, such as spark.weir.spark.chunk-records=20000.")
    private Map<String, String> tuning = new TreeMap<>();

    @Option(
            names = "--profile",
            description = "Keep a JDK Flight Recorder recording beside the output of each run; requires --data.")
    private boolean profile;

    @Mixin
    private VariantOptions jvm = new VariantOptions();

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description =
                    "Directory for the servers' data and the runs' output (default: a temporary directory, removed at"
                            + " the end).")
    private @Nullable Path data;

    @Option(
            names = "--out",
            paramLabel = "DIR",
            description = "Directory for bench.md and bench.json (default: target/bench of the checkout).")
    private @Nullable Path out;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Show this help and exit.")
    @SuppressWarnings("unused") // used by picocli
    private boolean help;

    @Option(
            names = "--docs",
            arity = "0..1",
            paramLabel = "PLACE",
            fallbackValue = "bench",
            description =
                    "Also write the tables to docs/reference/performance.md, to the section with this name (default:"
                            + " ${FALLBACK-VALUE}).")
    private @Nullable String docs;

    @Override
    public Integer call() throws IOException, InterruptedException, ExecutionException {
        List<Variant> chosen = chosen();
        if (rounds < 1) {
            throw wrong("--rounds must be at least 1");
        }
        if (profile && data == null) {
            throw wrong("--profile requires --data, the directory for its recordings");
        }
        if (tuning.isEmpty() == chosen.contains(Variant.TUNED)) {
            throw wrong("the variant tuned and --tune KEY=VALUE require each other");
        }
        Workload workload = log.workload();
        VariantProcess processes = jvm.process(profile);
        Path directory = data == null ? Files.createTempDirectory("weir-bench") : data;
        List<Run> runs;
        try {
            runs = compare(chosen, workload, processes, directory);
        } finally {
            if (data == null) {
                Trees.delete(directory);
            }
        }
        Report report = new Report(
                Instant.now(),
                Given.line(command),
                Machine.here(),
                Versions.sentence(Home.path()),
                workload,
                jvm.heap(),
                chosen,
                runs);
        write(report);
        return runs.stream().allMatch(run -> run.verdict().right()) ? Bench.DONE : Bench.FAILED;
    }

    private List<Run> compare(List<Variant> chosen, Workload workload, VariantProcess processes, Path directory)
            throws IOException, InterruptedException, ExecutionException {
        List<Run> runs = new ArrayList<>();
        try (Stage stage = Stage.set(Home.path(), directory, processes, Bench::notice)) {
            Bench.notice("Filling the log");
            Course course = stage.fill(workload);
            for (int round = 0; round <= rounds; round++) {
                for (Variant variant : chosen) {
                    Run run = stage.run(course, variant, tuning, round);
                    runs.add(run);
                    Bench.notice(progress(run, workload));
                }
                stage.clear();
            }
        }
        return runs;
    }

    private static String progress(Run run, Workload workload) {
        String speed = run.took() == null
                ? "—"
                : String.format(
                        Locale.ROOT,
                        "%,.0f readings/s",
                        workload.readings() / run.measured().seconds());
        return "round " + run.round() + "  " + run.variant().label() + "  " + speed + "  "
                + (run.verdict().right() ? "right: " : "WRONG: ")
                + run.verdict().found();
    }

    private void write(Report report) throws IOException {
        String markdown = new ReportTables(report).markdown();
        Path directory = out == null ? Home.path().resolve("target/bench") : out;
        Files.createDirectories(directory);
        Files.writeString(directory.resolve("bench.md"), markdown);
        JsonMapper.builder()
                .addModule(new SimpleModule().addSerializer(Instant.class, ToStringSerializer.instance))
                .enable(SerializationFeature.INDENT_OUTPUT)
                .build()
                .writeValue(directory.resolve("bench.json").toFile(), report);
        if (docs != null) {
            new PerformancePage(Home.path()).write(docs, markdown);
        }
        System.out.println(markdown);
    }

    private List<Variant> chosen() {
        List<Variant> chosen = new ArrayList<>();
        for (String label : variants) {
            chosen.add(Arrays.stream(Variant.values())
                    .filter(variant -> variant.label().equals(label))
                    .findFirst()
                    .orElseThrow(() -> wrong("unknown variant \"" + label + "\"; expected any of "
                            + Arrays.stream(Variant.values())
                                    .map(Variant::label)
                                    .toList())));
        }
        if (Set.copyOf(chosen).size() < chosen.size()) {
            throw wrong("--variants contains a variant twice: " + String.join(",", variants)
                    + "; use --rounds for more runs");
        }
        for (Variant variant : chosen) {
            if (variant.followsFused()
                    && !chosen.subList(0, chosen.indexOf(variant)).contains(Variant.FUSED)) {
                throw wrong(variant.label() + " uses the rows of fused in the same round: list fused before it");
            }
        }
        return chosen;
    }

    private ParameterException wrong(String message) {
        return Given.wrong(command, message);
    }
}
