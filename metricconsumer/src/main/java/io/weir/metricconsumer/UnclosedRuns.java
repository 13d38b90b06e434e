package io.weir.metricconsumer;

import io.weir.metricconsumer.KafkaLog.Borders;
import io.weir.storage.SourceId;
import java.util.HashMap;
import java.util.Map;
import java.util.function.ToLongFunction;

/**
 * Keeps in mind what runs of the query that decides may have left: rows past the ledger. Of a run that did not end by a
 * close, these are of any record that the log had when the next run began; of the last run, of those in the batches
 * that it has committed. Ledgers account for all of them once they have come to there. Thread-safe.
 */
final class UnclosedRuns {

    private boolean wasLastClosed;
    private Map<Integer, SourceId> sources = Map.of();
    private Map<SourceId, Long> ends = Map.of();

    /** @param wasLastClosed whether the application was closed before it was started */
    UnclosedRuns(boolean wasLastClosed) {
        this.wasLastClosed = wasLastClosed;
    }

    /** Whether nothing may be left of the run before the one that begins next. */
    synchronized boolean wasLastClosed() {
        return wasLastClosed;
    }

    /** A run begins, of which there is no telling how it will end. */
    synchronized void begin(TopicSources sources, Map<Integer, Borders> borders) {
        this.sources = Map.copyOf(sources.byPartition());
        if (!wasLastClosed) {
            Map<SourceId, Long> found = new HashMap<>();
            sources.byPartition().forEach((partition, source) -> {
                Borders held = borders.get(partition);
                if (held != null) {
                    found.put(source, held.end());
                }
            });
            ends = Map.copyOf(found);
        }
        wasLastClosed = false;
    }

    /** The last run has committed the batches before these offsets, by partition. */
    synchronized void committed(Map<Integer, Long> offsets) {
        Map<SourceId, Long> latest = new HashMap<>(ends);
        offsets.forEach((partition, offset) -> {
            SourceId source = sources.get(partition);
            if (source != null) {
                latest.merge(source, offset, Math::max);
            }
        });
        ends = Map.copyOf(latest);
    }

    /**
     * Returns whether the ledgers account for all that may be left.
     *
     * @param throughOffset returns the last offset that a source's ledger accounts for
     */
    boolean areAccountedFor(ToLongFunction<SourceId> throughOffset, Gap log) {
        return ends().entrySet().stream().noneMatch(end -> {
            long next = throughOffset.applyAsLong(end.getKey()) + 1;
            return next < end.getValue() && log.hasRecords(end.getKey().partition(), next, end.getValue());
        });
    }

    private synchronized Map<SourceId, Long> ends() {
        return ends;
    }

    /** Tells whether a partition of the log has any record with an offset in [from, to). */
    interface Gap {
        boolean hasRecords(int partition, long from, long to);
    }
}
