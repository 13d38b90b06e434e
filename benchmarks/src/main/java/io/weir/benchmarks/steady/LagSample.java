package io.weir.benchmarks.steady;

/**
 * A sample of the lag of the tables.
 *
 * @param second the time since the first record was due
 * @param raw records that the fleet has sent since the oldest probe reading without a visible raw row
 * @param accounted records in the log that the ledger, or the variant's equivalent, does not account for
 */
public record LagSample(double second, long raw, long accounted) {}
