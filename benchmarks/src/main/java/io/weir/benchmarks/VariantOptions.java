package io.weir.benchmarks;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Options for the JVM of each variant. */
final class VariantOptions {

    @Spec(Spec.Target.MIXEE)
    private @Nullable CommandSpec command;

    @Mixin
    private HeapOption heap = new HeapOption();

    @Option(
            names = "--limit",
            paramLabel = "MIN",
            description = "Minutes after which a run is aborted (default: ${DEFAULT-VALUE}).")
    private int limit = 30;

    /** Returns the heap of each variant's JVM for a report. */
    String heap() {
        return heap.shown();
    }

    /** @param profile whether to keep a JDK Flight Recorder recording of each run */
    VariantProcess process(boolean profile) {
        if (limit < 1) {
            throw Given.wrong(command, "--limit must be at least 1");
        }
        return new VariantProcess(Home.path(), heap.heaps(), profile, Duration.ofMinutes(limit));
    }
}
