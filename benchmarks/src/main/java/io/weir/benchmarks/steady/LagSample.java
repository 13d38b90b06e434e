package io.weir.benchmarks.steady;

/**
 * How far behind the tables are at one time.
 *
 * @param second since the first record was due
 * @param raw records that the fleet has sent since the oldest reading of a probe whose raw row cannot be read yet
 * @param accounted records in the log that the ledger does not account for, or whatever the variant has in its place
 */
public record LagSample(double second, long raw, long accounted) {}
