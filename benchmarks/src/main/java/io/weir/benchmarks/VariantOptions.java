package io.weir.benchmarks;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** What each variant's JVM gets. */
final class VariantOptions {

    @Spec(Spec.Target.MIXEE)
    private @Nullable CommandSpec command;

    @Option(names = "--heap", paramLabel = "SIZE", description = "Of each variant's JVM (default: ${DEFAULT-VALUE}).")
    private String heap = "1g";

    @Option(
            names = "--limit",
            paramLabel = "MIN",
            description = "Minutes after which a run is ended (default: ${DEFAULT-VALUE}).")
    private int limit = 30;

    String heap() {
        return heap;
    }

    /** @param profile whether each run leaves a recording of JDK Flight Recorder */
    VariantProcess process(boolean profile) {
        if (limit < 1) {
            throw Given.wrong(command, "--limit must be at least 1");
        }
        return new VariantProcess(Home.path(), heap, profile, Duration.ofMinutes(limit));
    }
}
