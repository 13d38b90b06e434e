package io.weir.benchmarks.steady;

import io.weir.benchmarks.latency.Latencies;
import io.weir.benchmarks.measured.Verdict;
import io.weir.benchmarks.variant.Variant;
import java.util.List;

/**
 * What a run has found. Figures are those of the time that was measured, after the warm-up.
 *
 * @param samples of the lag, those of the warm-up as well
 * @param raw how fast the lag of the raw tables grew
 * @param accounted how fast the lag of the ledger grew
 * @param mostRaw records that were not in the raw tables, at most
 * @param mostAccounted records that the ledger did not account for, at most
 * @param rawFreshness from when a probe's reading was sent until its raw row could be read
 * @param rollupFreshness and until the rollup of its hour counted it; without samples where rollups are not written
 * @param producerSeconds CPU time of the threads that send the fleet's records
 * @param toolSeconds that of the rest of this process, which probes and looks
 * @param collecting for which part of the time the pipeline's JVM collected garbage; not a number if it was replaced
 * @param requests what the node was asked
 * @param disk after all was flushed and compacted
 * @param lateShare of the fleet's records that were due, those that were sent more than a second late
 * @param unanswered looks of the probes that the node did not answer
 * @param restarts of the pipeline
 * @param verdict of what was in the tables when all was accounted for
 */
public record SteadyResult(
        Variant variant,
        FleetLoad load,
        int round,
        long readings,
        List<LagSample> samples,
        Trend raw,
        Trend accounted,
        long mostRaw,
        long mostAccounted,
        Latencies rawFreshness,
        Latencies rollupFreshness,
        PartFigures kafka,
        PartFigures cassandra,
        PartFigures pipeline,
        double producerSeconds,
        double toolSeconds,
        double collecting,
        Requests requests,
        Disk disk,
        double lateShare,
        long unanswered,
        int restarts,
        Verdict verdict) {

    /** Of more records that are late, the fleet has not kept its rate. */
    private static final double TOLERATED_LATE = 0.01;

    /**
     * Requests of all clients, and mutations, while it was measured.
     *
     * @param reads those of the probes as well
     */
    public record Requests(long writes, long reads, long mutations) {}

    /**
     * Bytes of the tables on disk.
     *
     * @param readings that they hold
     */
    public record Disk(long rawBytes, long rollupBytes, long readings) {}

    /** Whether the fleet kept its rate; else the run says nothing about the pipeline. */
    public boolean isValid() {
        return lateShare <= TOLERATED_LATE;
    }

    /** Whether the pipeline kept up with the fleet. */
    public boolean isSustained() {
        return isValid() && restarts == 0 && !raw.isUpward() && !accounted.isUpward();
    }
}
