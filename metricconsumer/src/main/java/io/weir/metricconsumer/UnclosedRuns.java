package io.weir.metricconsumer;

import io.weir.metricconsumer.KafkaLog.Borders;
import io.weir.storage.SourceId;
import java.util.HashMap;
import java.util.Map;
import java.util.function.ToLongFunction;

/**
 * Keeps in mind what runs of the query that decides may have left which did not end by a close: rows past the ledger, of any
 * record that the log had when the next run began. Ledgers account for all of them once they have come to there. Thread-safe.
 */
final class UnclosedRuns {

    private boolean wasLastClosed;
    private Map<SourceId, Long> ends = Map.of();

    /** @param wasLastClosed whether the application was closed before it was started */
    UnclosedRuns(boolean wasLastClosed) {
        this.wasLastClosed = wasLastClosed;
    }

    /** A run begins, of which there is no telling how it will end. */
    synchronized void begin(TopicSources sources, Map<Integer, Borders> borders) {
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

    /**
     * Returns whether the ledgers account for all that was left before the last run began.
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
