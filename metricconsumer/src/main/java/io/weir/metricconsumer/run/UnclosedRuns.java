package io.weir.metricconsumer.run;

import io.weir.metricconsumer.topic.TopicAdmin.Borders;
import io.weir.metricconsumer.topic.TopicSources;
import io.weir.storage.source.SourceId;
import java.util.HashMap;
import java.util.Map;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * Tracks how far unclosed runs of the decider may have written rows beyond the ledger. A run that was not closed may
 * have written rows of any record that the log had when the next run began; the current run, rows of the batches that
 * it has committed. The ledgers account for all these rows once they have reached those offsets. Thread-safe.
 */
public final class UnclosedRuns {

    private boolean wasLastRunClosed;
    /** How far unclosed runs may have written; null if that is unknown, because none has begun since the last one. */
    private @Nullable Map<SourceId, Long> ends;

    /** @param wasLastRunClosed whether the run before the application's start was closed */
    public UnclosedRuns(boolean wasLastRunClosed) {
        this.wasLastRunClosed = wasLastRunClosed;
        this.ends = wasLastRunClosed ? Map.of() : null;
    }

    /** Returns whether the run before the one that begins next was closed. */
    public synchronized boolean wasLastRunClosed() {
        return wasLastRunClosed;
    }

    /** Notes that a run begins. It counts as unclosed from now on. */
    public synchronized void beginRun(TopicSources sources, Map<Integer, Borders> borders) {
        if (!wasLastRunClosed) {
            Map<SourceId, Long> found = new HashMap<>();
            sources.byPartition().forEach((partition, source) -> {
                Borders held = borders.get(partition);
                if (held != null) {
                    found.put(source, held.end());
                }
            });
            ends = Map.copyOf(found);
        }
        wasLastRunClosed = false;
    }

    /**
     * Notes that the current run has committed the batches before these offsets, by partition.
     *
     * @param sources the live source of each partition, also of those that the topic got while the run was open
     */
    public synchronized void addCommitted(Map<Integer, SourceId> sources, Map<Integer, Long> offsets) {
        if (ends == null) {
            return; // nor has the current run begun
        }
        Map<SourceId, Long> latest = new HashMap<>(ends);
        offsets.forEach((partition, offset) -> {
            SourceId source = sources.get(partition);
            if (source != null) { // otherwise no record of the partition was read
                latest.merge(source, offset, Math::max);
            }
        });
        ends = Map.copyOf(latest);
    }

    /**
     * Returns whether the ledgers account for all rows that unclosed runs may have written; false if that is unknown,
     * because the last run was not closed and none has begun since.
     *
     * @param throughOffset returns the last offset that a source's ledger accounts for
     */
    public boolean areAccountedFor(ToLongFunction<SourceId> throughOffset, Gap log) {
        Map<SourceId, Long> known = ends();
        return known != null
                && known.entrySet().stream().noneMatch(end -> {
                    long next = throughOffset.applyAsLong(end.getKey()) + 1;
                    return next < end.getValue() && log.hasRecords(end.getKey().partition(), next, end.getValue());
                });
    }

    private synchronized @Nullable Map<SourceId, Long> ends() {
        return ends;
    }

    /** Tells whether a partition of the log has any record with an offset in [from, to). */
    public interface Gap {
        boolean hasRecords(int partition, long from, long to);
    }
}
