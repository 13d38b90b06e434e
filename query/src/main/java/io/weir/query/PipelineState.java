package io.weir.query;

import io.weir.storage.FailingQuery;
import io.weir.storage.read.SourceLedger;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How far the pipeline had come at a moment.
 *
 * @param seen the moment
 * @param sources in order of their numbers
 * @param logEnds the offsets that the next records will get, by source; null if the log could not be asked
 * @param appliedThrough by source, the times before which all that came into their logs is applied; absent while unknown
 * @param devicesInTwoSources devices that more than one live source stores; null while that is not known
 * @param failing queries that have failed and completed no batch since
 * @param running topics of failing queries whose pipeline runs, as far as it has not said that it ends
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

    /** Returns whether a query that fails is still tried. */
    public boolean isRunning(FailingQuery query) {
        return running.contains(query.topic());
    }

    /**
     * Returns the event time, in milliseconds since the epoch, before which readings that come on time are in the tables:
     * all that came into the logs before it is applied. {@link Long#MIN_VALUE} while that is not known of a source.
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

    /** A source whose topic is gone has nothing to come. */
    private boolean hasLog(SourceLedger source) {
        return logEnds == null || logEnds.containsKey(source.source());
    }
}
