package io.weir.benchmarks;

import io.weir.benchmarks.variant.Variant;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

/**
 * The results of a comparison, with the data to repeat it; also serialized as JSON, one field for each component.
 *
 * @param versions of Spark, Kafka and Cassandra
 * @param heap the heap of each variant's JVM
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

    /** Returns the valid runs of a variant, in order of rounds. */
    Stream<Run> counted(Variant variant) {
        return runs.stream().filter(run -> run.variant() == variant && run.counts());
    }

    double readingsPerSecond(Run run) {
        return workload.readings() / run.measured().seconds();
    }
}
