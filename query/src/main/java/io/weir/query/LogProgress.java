package io.weir.query;

import io.weir.storage.read.SourceLedger;
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
 * Works out how fresh the tables are: it remembers where the logs ended at which times, and sees the ledgers pass those
 * ends. Needs to look at them every now and then. For one thread.
 */
final class LogProgress {

    private final Map<Integer, SeenEnds> seen = new HashMap<>();
    private final Map<Integer, Long> applied = new HashMap<>();

    /**
     * Takes what was found.
     *
     * @param time before the ends were asked for, which was before the ledgers were read
     * @param ends of the logs that are there, by source
     */
    void saw(long time, Map<Integer, Long> ends, List<SourceLedger> ledgers) {
        for (SourceLedger ledger : ledgers) {
            Long end = ends.get(ledger.source());
            if (ledger.isLive() && end != null) {
                OptionalLong passed = seen.computeIfAbsent(ledger.source(), absent -> new SeenEnds())
                        .add(time, end, throughOffset(ledger));
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
     * Returns the time, in milliseconds since the epoch, before which all that came into a source's log is applied; null
     * while that is not known.
     */
    @Nullable
    Long appliedThrough(int source) {
        return applied.get(source);
    }

    /** How far all tables are. */
    private static long throughOffset(SourceLedger ledger) {
        return ledger.followers().values().stream().reduce(ledger.ledger().throughOffset(), Math::min);
    }

    /** The ends of one log, and when they were seen. */
    private static final class SeenEnds {

        /** Beyond so many, every second one is forgotten: what is said of a pipeline far behind is coarser. */
        private static final int MOST = 1024;

        private record SeenEnd(long time, long end) {}

        private Deque<SeenEnd> ends = new ArrayDeque<>();
        private long rememberedOf = 1;
        private long looks;

        /** Takes an end; returns when the last of those was seen that the ledger has passed. */
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
            } else if (ends.size() > MOST) {
                forgetEverySecond();
            }
            return passed;
        }

        private void forgetEverySecond() {
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
