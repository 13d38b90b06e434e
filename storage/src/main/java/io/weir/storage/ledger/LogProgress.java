package io.weir.storage.ledger;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Computes how fresh the tables are: records the end offsets of the logs over time, and finds the latest ones that the
 * ledgers have passed. Must be updated regularly. Not thread-safe.
 */
public final class LogProgress {

    private final Map<Integer, SeenEnds> seen = new HashMap<>();
    private final Map<Integer, Long> applied = new HashMap<>();

    /**
     * Adds an observation.
     *
     * @param time a time before the end offsets were requested, which in turn was before the ledgers were read
     * @param ends the end offsets of existing logs, by source
     */
    public void saw(long time, Map<Integer, Long> ends, List<SourceLedger> ledgers) {
        for (SourceLedger ledger : ledgers) {
            Long end = ends.get(ledger.source());
            if (ledger.isLive() && end != null) {
                OptionalLong passed = seen.computeIfAbsent(ledger.source(), absent -> new SeenEnds())
                        .add(time, end, ledger.throughOffsetOfAll());
                passed.ifPresent(before -> applied.put(ledger.source(), before));
            }
        }
        Set<Integer> live = ledgers.stream()
                .filter(SourceLedger::isLive)
                .map(SourceLedger::source)
                .collect(Collectors.toSet());
        seen.keySet().retainAll(live);
        applied.keySet().retainAll(live);
    }

    /**
     * Returns the time, in milliseconds since the epoch, such that all records appended to the source's log before it
     * are applied; null while unknown.
     */
    @Nullable
    public Long appliedThrough(int source) {
        return applied.get(source);
    }

    /** The observed end offsets of one log, with their times. */
    private static final class SeenEnds {

        /**
         * Beyond this size, every second entry is dropped: the freshness of a pipeline with a large lag is coarser.
         */
        private static final int MAX_ENDS = 1024;

        private record SeenEnd(long time, long end) {}

        private Deque<SeenEnd> ends = new ArrayDeque<>();
        private long rememberedOf = 1;
        private long looks;

        /** Adds an end offset; returns the time of the last one that the ledger has passed. */
        OptionalLong add(long time, long end, long throughOffset) {
            if (looks++ % rememberedOf == 0) {
                ends.addLast(new SeenEnd(time, end));
            }
            OptionalLong passed = OptionalLong.empty();
            while (!ends.isEmpty() && ends.getFirst().end() <= throughOffset + 1) {
                passed = OptionalLong.of(ends.removeFirst().time());
            }
            if (ends.isEmpty()) {
                rememberedOf = 1;
            } else if (ends.size() > MAX_ENDS) {
                dropEverySecond();
            }
            return passed;
        }

        private void dropEverySecond() {
            Deque<SeenEnd> kept = new ArrayDeque<>();
            boolean keep = true;
            for (SeenEnd end : ends) {
                if (keep) {
                    kept.addLast(end);
                }
                keep = !keep;
            }
            ends = kept;
            rememberedOf *= 2;
        }
    }
}
