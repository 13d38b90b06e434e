package io.weir.benchmarks.variant;

/**
 * What one run took.
 *
 * @param seconds from the beginning of the first trigger to the last commit
 * @param variant the process that did the work
 * @param requests that Cassandra has answered
 * @param counted readings that the variant has counted itself; -1 if it counts none, and its tables say it
 */
public record Measurement(double seconds, Usage variant, Usage kafka, Usage cassandra, long requests, long counted) {

    /**
     * What one process used meanwhile.
     *
     * @param peakBytes the most memory that was resident
     */
    public record Usage(double cpuSeconds, long peakBytes) {}
}
