package io.weir.benchmarks;

import io.weir.benchmarks.variant.Variant;

/**
 * A log to process, with a small warm-up log, and the keyspaces that variants fill from it.
 *
 * @param name the unique name on a {@link Stage}
 */
record Course(String name, Workload workload, Log warmUp, Log measured) {

    /**
     * Returns the keyspace of a variant; for a variant that continues on the tables of {@code fused}, the keyspace of
     * {@code fused}.
     */
    String keyspace(Variant variant, int round, String part) {
        Variant owner = variant.goesOnWithFused() ? Variant.FUSED : variant;
        return "bench_" + name + "_" + owner.label().replace('-', '_') + "_" + round + "_" + part;
    }
}
