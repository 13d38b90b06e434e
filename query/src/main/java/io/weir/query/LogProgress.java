package io.weir.query;

import io.weir.storage.read.SourceLedger;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Works out how fresh the tables are: it remembers where the logs ended at which times, and sees the ledgers pass those
 * ends. Needs to look at them every now and then. For one thread.
 */
final class LogProgress {

    /** Beyond so many, every second one is forgotten: what is said of a pipeline far behind is coarser. */
    private static final int MAX_REMEMBERED = 1024;

    private record SeenEnd(long time, long end) {}

    private final Map<Integer, Deque<SeenEnd>> seen = new HashMap<>();
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
                saw(ledger.source(), new SeenEnd(time, end), throughOffset(ledger));
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

    private void saw(int source, SeenEnd now, long throughOffset) {
        Deque<SeenEnd> ends = seen.computeIfAbsent(source, absent -> new ArrayDeque<>());
        ends.addLast(now);
        while (!ends.isEmpty() && ends.getFirst().end() <= throughOffset + 1) {
            applied.put(source, ends.removeFirst().time());
        }
        if (ends.size() > MAX_REMEMBERED) {
            boolean[] keep = {false};
            ends.removeIf(end -> keep[0] = !keep[0]);
        }
    }
}
