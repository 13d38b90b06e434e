package io.weir.query.status;

import io.weir.storage.ledger.SourceLedger;
import io.weir.storage.run.FailingQuery;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The progress of the pipeline at one moment.
 *
 * @param seen the moment
 * @param sources in order of their numbers
 * @param logEnds the end offsets of the logs, by source; null if Kafka could not be reached
 * @param appliedThrough by source, the time such that all records appended to its log before it are applied; absent
 *     while unknown
 * @param devicesInTwoSources devices that more than one live source stores; null while unknown
 * @param failing queries that have failed and completed no batch since
 * @param running topics of failing queries whose pipeline has not recorded its shutdown
 */
public record PipelineState(
        Instant seen,
        List<SourceLedger> sources,
        @Nullable Map<Integer, Long> logEnds,
        Map<Integer, Long> appliedThrough,
        @Nullable SharedDevices devicesInTwoSources,
        List<FailingQuery> failing,
        Set<String> running) {

    public PipelineState {
        sources = List.copyOf(sources);
        appliedThrough = Map.copyOf(appliedThrough);
        failing = List.copyOf(failing);
        running = Set.copyOf(running);
    }

    /** Returns whether a failing query is still retried. */
    public boolean isRunning(FailingQuery query) {
        return running.contains(query.topic());
    }

    /**
     * Returns the event time, in milliseconds since the epoch, before which all punctual readings are in the tables,
     * because all records that were appended before it are applied. {@link Long#MIN_VALUE} while unknown for a source.
     */
    public long settledThrough() {
        long settled = seen.toEpochMilli();
        for (SourceLedger source : sources) {
            if (source.isLive() && hasLog(source)) {
                Long applied = appliedThrough.get(source.source());
                settled = applied == null ? Long.MIN_VALUE : Math.min(settled, applied);
            }
            if (settled == Long.MIN_VALUE) {
                return settled;
            }
        }
        return settled;
    }

    /** Returns whether the source's topic still exists; otherwise it receives no more records. */
    private boolean hasLog(SourceLedger source) {
        return logEnds == null || logEnds.containsKey(source.source());
    }
}
