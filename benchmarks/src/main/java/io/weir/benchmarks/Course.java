package io.weir.benchmarks;

import io.weir.benchmarks.variant.Variant;

/**
 * A log to be worked through, with the small one that warms up, and the keyspaces that variants fill from it.
 *
 * @param name of its own on a {@link Stage}
 */
record Course(String name, Workload workload, Log warmUp, Log measured) {

    /** A keyspace of a variant's own; of one that goes on with what {@code fused} has left, that one's. */
    String keyspace(Variant variant, int round, String part) {
        Variant owner = variant.goesOnWithFused() ? Variant.FUSED : variant;
        return "bench_" + name + "_" + owner.label().replace('-', '_') + "_" + round + "_" + part;
    }
}
