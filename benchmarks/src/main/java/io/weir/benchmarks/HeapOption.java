package io.weir.benchmarks;

import io.weir.local.servers.Heaps;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The option for the heap of the measured pipeline. Without it, all heaps are those of {@code weir up}. */
final class HeapOption {

    @Spec(Spec.Target.MIXEE)
    private @Nullable CommandSpec command;

    @Option(
            names = "--heap",
            paramLabel = "SIZE",
            description = "Heap of the pipeline, for example 512m (default: that of weir up).")
    private @Nullable String heap;

    /** @throws picocli.CommandLine.ParameterException if the option's value is not a size */
    Heaps heaps() {
        try {
            return Heaps.of(
                    Heaps.availableMemory(), heap == null ? Map.of() : Map.of(Heaps.Part.PIPELINE, Heaps.parse(heap)));
        } catch (IllegalArgumentException e) {
            throw Given.wrong(command, "--heap: " + e.getMessage());
        }
    }

    /** Returns the heap of the pipeline for a report, for example {@code 512 MiB}. */
    String shown() {
        return heaps().mebibytes(Heaps.Part.PIPELINE) + " MiB";
    }
}
