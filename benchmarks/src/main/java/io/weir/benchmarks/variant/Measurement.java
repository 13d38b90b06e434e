package io.weir.benchmarks.variant;

/**
 * The measurement of one run.
 *
 * @param seconds from the beginning of the first trigger to the last commit
 * @param variant the process that did the work
 * @param requests the number of requests that Cassandra has answered
 * @param counted readings that the variant has counted itself; -1 if only its tables show it
 */
public record Measurement(double seconds, Usage variant, Usage kafka, Usage cassandra, long requests, long counted) {

    /**
     * The resource usage of one process.
     *
     * @param peakBytes the peak resident memory in bytes
     */
    public record Usage(double cpuSeconds, long peakBytes) {}
}
