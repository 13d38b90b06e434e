package io.weir.query.verify;

import io.weir.core.fold.Ledger;
import io.weir.storage.read.SourceLedger;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The ledgers as they were before anything else was read: what lies at or below them can no longer change. */
final class Ledgers {

    private final List<SourceLedger> all;
    private final Map<Integer, Long> throughOffsets = new HashMap<>();

    Ledgers(List<SourceLedger> all) {
        this.all = all;
        all.forEach(
                source -> throughOffsets.put(source.source(), source.ledger().throughOffset()));
    }

    List<SourceLedger> all() {
        return all;
    }

    /** Returns the last offset that the source's ledger accounts for. */
    long throughOffset(int source) {
        return throughOffsets.getOrDefault(source, Ledger.NOTHING);
    }

    boolean accountsFor(int source, long offset) {
        return offset <= throughOffset(source);
    }
}
