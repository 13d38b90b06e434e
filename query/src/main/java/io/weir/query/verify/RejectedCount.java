package io.weir.query.verify;

import io.weir.core.reading.RejectReason;
import io.weir.storage.read.RejectedPosition;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Counts the rejected readings that the ledgers account for, by source and reason. Thread-safe. */
final class RejectedCount {

    private final Ledgers ledgers;
    private final Map<Integer, Map<RejectReason, Long>> counts = new HashMap<>();

    RejectedCount(Ledgers ledgers) {
        this.ledgers = ledgers;
    }

    synchronized void add(RejectedPosition rejected) {
        Map<RejectReason, Long> ofSource =
                counts.computeIfAbsent(rejected.source(), source -> new EnumMap<>(RejectReason.class));
        if (ledgers.accountsFor(rejected.source(), rejected.offset())) {
            ofSource.merge(rejected.reason(), 1L, Long::sum);
        }
    }

    synchronized long rows(int source, RejectReason reason) {
        return counts.getOrDefault(source, Map.of()).getOrDefault(reason, 0L);
    }

    synchronized Map<String, Long> byCode(int source) {
        Map<String, Long> byCode = new TreeMap<>();
        counts.getOrDefault(source, Map.of()).forEach((reason, count) -> byCode.put(reason.code(), count));
        return byCode;
    }

    /** All sources that have rows, accounted for or not. */
    synchronized Set<Integer> sources() {
        return Set.copyOf(counts.keySet());
    }
}
