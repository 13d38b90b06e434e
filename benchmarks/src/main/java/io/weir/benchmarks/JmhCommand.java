package io.weir.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.results.format.ResultFormatType;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Measures single steps of the pipeline. */
@Command(
        name = "jmh",
        mixinStandardHelpOptions = true,
        description = "Measure single steps with JMH: decoding, windows, the fold, sketches, writing rows.")
final class JmhCommand implements Callable<Integer> {

    /** The result of the profiler gc. */
    private static final String ALLOCATED = "gc.alloc.rate.norm";

    @Spec
    private @Nullable CommandSpec command;

    @Parameters(
            arity = "0..1",
            paramLabel = "REGEX",
            description = "A regular expression for the benchmarks' names (default: all).")
    private String regex = ".*";

    @Option(names = "--prof", paramLabel = "NAME", description = "A profiler of JMH, such as gc.")
    private @Nullable String profiler;

    @Option(
            names = "--forks",
            paramLabel = "N",
            description = "Number of JVMs for each benchmark (default:" + " ${DEFAULT-VALUE}).")
    private int forks = 2;

    @Option(
            names = "--iterations",
            paramLabel = "N",
            description = "Seconds to measure in each JVM, after a warm-up of the same length (default:"
                    + " ${DEFAULT-VALUE}).")
    private int iterations = 5;

    @Option(names = "--docs", description = "Also write the table to docs/reference/performance.md.")
    private boolean docs;

    @Override
    public Integer call() throws RunnerException, IOException {
        Path out = Home.path().resolve("target/bench");
        Files.createDirectories(out);
        Collection<RunResult> results = new Runner(options(out).build()).run();
        if (docs) {
            new PerformancePage(Home.path()).write("jmh", table(results));
        }
        return Bench.DONE;
    }

    private ChainedOptionsBuilder options(Path out) {
        ChainedOptionsBuilder options = new OptionsBuilder()
                .include(regex)
                // the options of a pipeline; those of this JVM are tuned for a fast start
                .jvmArgs("@" + Home.path().resolve("local/src/main/conf/pipeline.options"), "-Xms1g")
                .jvmArgsAppend("-Dweir.home=" + Home.path())
                .forks(forks)
                .warmupIterations(iterations)
                .warmupTime(TimeValue.seconds(1))
                .measurementIterations(iterations)
                .measurementTime(TimeValue.seconds(1))
                .shouldFailOnError(true)
                .resultFormat(ResultFormatType.JSON)
                .result(out.resolve("jmh.json").toString());
        return profiler == null ? options : options.addProfiler(profiler);
    }

    private String table(Collection<RunResult> results) throws IOException {
        return String.format(
                        Locale.ROOT,
                        "Written on %s by `%s`, %d forks with %d iterations of a second each, on %s.%n%n",
                        LocalDate.now(ZoneOffset.UTC),
                        Given.line(command),
                        forks,
                        iterations,
                        Machine.here().sentence())
                + "| Step | Takes | Error (99.9 %) | Allocates |\n|---|---|---|---|\n"
                + results.stream().map(JmhCommand::row).collect(Collectors.joining());
    }

    private static String row(RunResult result) {
        Result<?> primary = result.getPrimaryResult();
        Map<String, String> parameters = result.getParams().getParamsKeys().stream()
                .collect(Collectors.toMap(key -> key, result.getParams()::getParam));
        String name = result.getParams().getBenchmark().replaceFirst(".*\\.(\\w+)Benchmark\\.", "$1: ");
        return String.format(
                Locale.ROOT,
                "| %s%s | %,.1f %s | ± %,.1f | %s |%n",
                name,
                parameters.isEmpty() ? "" : " " + parameters,
                primary.getScore(),
                primary.getScoreUnit(),
                primary.getScoreError(),
                allocated(result));
    }

    /** Returns an empty text without the profiler. */
    private static String allocated(RunResult result) {
        for (String key : result.getSecondaryResults().keySet()) {
            if (key.endsWith(ALLOCATED)) {
                Result<?> found = result.getSecondaryResults().get(key);
                return String.format(Locale.ROOT, "%,.1f %s", found.getScore(), found.getScoreUnit());
            }
        }
        return "";
    }
}
