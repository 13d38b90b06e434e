package io.weir.query.verify;

import io.weir.core.reading.RejectReason;
import io.weir.storage.rejected.RejectedPosition;
import io.weir.storage.run.FeedQuery;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Counts the rejected readings that the ledgers account for, by source and reason. If they may have expired, fewer than
 * in the ledger are valid too. Thread-safe.
 */
final class RejectedCount {

    private final Ledgers ledgers;
    private final boolean mayHaveExpired;
    private final Map<Integer, Map<RejectReason, Long>> counts = new HashMap<>();

    RejectedCount(Ledgers ledgers, boolean mayHaveExpired) {
        this.ledgers = ledgers;
        this.mayHaveExpired = mayHaveExpired;
    }

    synchronized void add(RejectedPosition rejected) {
        Map<RejectReason, Long> ofSource =
                counts.computeIfAbsent(rejected.source(), source -> new EnumMap<>(RejectReason.class));
        if (ledgers.accountsFor(rejected.source(), rejected.offset(), FeedQuery.RAW_BY_DEVICE)) {
            ofSource.merge(rejected.reason(), 1L, Long::sum);
        }
    }

    synchronized long rows(int source, RejectReason reason) {
        return counts.getOrDefault(source, Map.of()).getOrDefault(reason, 0L);
    }

    boolean contradicts(int source, RejectReason reason, long counted) {
        long rows = rows(source, reason);
        return mayHaveExpired ? rows > counted : rows != counted;
    }

    synchronized Map<String, Long> byCode(int source) {
        Map<String, Long> byCode = new TreeMap<>();
        counts.getOrDefault(source, Map.of()).forEach((reason, count) -> byCode.put(reason.code(), count));
        return byCode;
    }

    /** Returns all sources that have rows, including rows beyond the ledger. */
    synchronized Set<Integer> sources() {
        return Set.copyOf(counts.keySet());
    }
}
