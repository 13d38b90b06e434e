package io.weir.benchmarks;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Options for the log that all variants process. */
final class WorkloadOptions {

    @Spec(Spec.Target.MIXEE)
    private @Nullable CommandSpec command;

    @Option(
            names = "--readings",
            paramLabel = "N",
            description = "Number of readings in the log (default:" + " ${DEFAULT-VALUE}).")
    private long readings = 1_000_000;

    @Option(
            names = "--warm-up",
            paramLabel = "N",
            description = "Number of warm-up readings in each JVM (default: ${DEFAULT-VALUE}).")
    private long warmUp = 100_000;

    @Option(names = "--devices", paramLabel = "N", description = "Number of devices (default: ${DEFAULT-VALUE}).")
    private int devices = 200;

    @Option(names = "--groups", paramLabel = "N", description = "Number of groups (default: ${DEFAULT-VALUE}).")
    private int groups = 4;

    @Option(
            names = "--partitions",
            paramLabel = "P",
            description = "Number of partitions of the topic (default:" + " ${DEFAULT-VALUE}).")
    private int partitions = 4;

    @Option(
            names = "--every",
            paramLabel = "SEC",
            description = "Seconds of event time between two readings of a series (default: ${DEFAULT-VALUE}).")
    private long everySeconds = 10;

    @Option(
            names = "--late",
            paramLabel = "F",
            description = "Fraction of readings that arrive days late (default:" + " ${DEFAULT-VALUE}).")
    private double late = 0.01;

    @Option(
            names = "--duplicates",
            paramLabel = "F",
            description = "Fraction of duplicates (default:" + " ${DEFAULT-VALUE}).")
    private double duplicates = 0.01;

    @Option(names = "--seed", paramLabel = "S", description = "Seed of all readings (default: ${DEFAULT-VALUE}).")
    private long seed = 1;

    Workload workload() {
        Workload workload =
                new Workload(readings, warmUp, devices, groups, partitions, everySeconds, late, duplicates, seed);
        if (readings < 1 || warmUp < 1 || partitions < 1) {
            throw wrong("--readings, --warm-up and --partitions must be at least 1");
        }
        requireValid("", workload);
        return workload;
    }

    /** @param what the prefix of the message */
    void requireValid(String what, Workload workload) {
        try {
            workload.requireValid();
        } catch (IllegalArgumentException e) {
            throw wrong(what + e.getMessage());
        }
    }

    private ParameterException wrong(String message) {
        return Given.wrong(command, message);
    }
}
