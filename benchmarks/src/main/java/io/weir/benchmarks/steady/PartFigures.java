package io.weir.benchmarks.steady;

/**
 * What one part used while it was measured.
 *
 * @param cpuSeconds of all cores together
 * @param peakBytes the most memory that was resident
 */
public record PartFigures(double cpuSeconds, long peakBytes) {}
