package io.weir.benchmarks;

import io.weir.benchmarks.variant.Variant;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Measures the cost of a reading as the workload grows. */
@Command(
        name = "scale",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Measure the cost of a reading as one dimension of the workload grows, compared with the ceiling of the"
                    + " same workload.",
            "Each size is a separate log, processed once by fused and then by ceiling; the written rows are verified."
        })
final class ScaleCommand implements Callable<Integer> {

    @Spec
    private @Nullable CommandSpec command;

    @Mixin
    private WorkloadOptions log = new WorkloadOptions();

    @Option(
            names = "--sweeps",
            paramLabel = "S,…",
            split = ",",
            description = "Any of ${COMPLETION-CANDIDATES} (default: all).")
    private List<Sweep> sweeps = List.of(Sweep.values());

    @Mixin
    private VariantOptions jvm = new VariantOptions();

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description = "Directory for the servers' data (default: a temporary directory, removed at the end).")
    private @Nullable Path data;

    @Option(names = "--docs", description = "Also write tables and plots to docs/.")
    private boolean docs;

    @Override
    public Integer call() throws IOException, InterruptedException, ExecutionException {
        Workload base = log.workload();
        sweeps.forEach(sweep -> requireValid(sweep, base));
        VariantProcess processes = jvm.process(false);
        Path directory = data == null ? Files.createTempDirectory("weir-scale") : data;
        boolean right = true;
        try (Stage stage = Stage.set(Home.path(), directory, processes, Bench::notice)) {
            Bench.notice("Warming up");
            Course warmUp = stage.fill(base);
            stage.run(warmUp, Variant.FUSED, Map.of(), 0);
            stage.run(warmUp, Variant.CEILING, Map.of(), 0);
            stage.clear();
            for (Sweep sweep : sweeps) {
                List<ScaleReport.Size> sizes = measure(stage, sweep, base);
                new ScaleReport(sweep, Given.line(command), jvm.heap(), sizes).write(docs);
                right &= sizes.stream().allMatch(ScaleReport.Size::isRight);
            }
        } finally {
            if (data == null) {
                Trees.delete(directory);
            }
        }
        return right ? Bench.DONE : Bench.FAILED;
    }

    private void requireValid(Sweep sweep, Workload base) {
        for (Sweep.Point point : sweep.points(base)) {
            log.requireValid(sweep.label() + " of " + point.label() + ": ", point.workload());
        }
    }

    private static List<ScaleReport.Size> measure(Stage stage, Sweep sweep, Workload base)
            throws IOException, InterruptedException, ExecutionException {
        List<ScaleReport.Size> sizes = new ArrayList<>();
        for (Sweep.Point point : sweep.points(base)) {
            Course course = stage.fill(point.workload());
            boolean tuned = !point.tuning().isEmpty();
            Run weir = stage.run(course, tuned ? Variant.TUNED : Variant.FUSED, point.tuning(), 1);
            Run ceiling = tuned ? null : stage.run(course, Variant.CEILING, Map.of(), 1);
            stage.clear();
            ScaleReport.Size size = new ScaleReport.Size(point, weir, ceiling);
            Bench.notice(sweep.label() + "  " + size.row());
            sizes.add(size);
        }
        return sizes;
    }
}
