package io.weir.core.fold.engine;

import io.weir.core.fold.port.Ledger;
import io.weir.core.reading.RejectReason;
import java.util.EnumMap;
import java.util.Map;

/** Counts readings for the next ledger. Not thread-safe. */
final class Tally {

    private long received;
    private long stored;
    private long duplicate;
    private final Map<RejectReason, Long> rejected = new EnumMap<>(RejectReason.class);

    Tally(Ledger ledger) {
        received = ledger.received();
        stored = ledger.stored();
        duplicate = ledger.duplicate();
        rejected.putAll(ledger.rejected());
    }

    void received(int readings) {
        received += readings;
    }

    void stored() {
        stored++;
    }

    void duplicate() {
        duplicate++;
    }

    void rejected(RejectReason reason) {
        rejected.merge(reason, 1L, Long::sum);
    }

    Ledger through(long offset) {
        return new Ledger(offset, received, stored, duplicate, rejected);
    }
}
