package io.weir.benchmarks;

import io.weir.benchmarks.variant.Variant;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

/**
 * All that a comparison has found, with all that one needs to repeat it; also as JSON, one field for each component.
 *
 * @param versions of Spark, Kafka and Cassandra
 * @param heap of each variant's JVM
 */
record Report(
        Instant date,
        String command,
        Machine machine,
        String versions,
        Workload workload,
        String heap,
        List<Variant> variants,
        List<Run> runs) {

    /** The runs of a variant whose time means something, in order of their rounds. */
    Stream<Run> counted(Variant variant) {
        return runs.stream().filter(run -> run.variant() == variant && run.counts());
    }

    double readingsPerSecond(Run run) {
        return workload.readings() / run.measured().seconds();
    }
}
