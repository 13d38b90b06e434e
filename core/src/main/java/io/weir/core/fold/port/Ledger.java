package io.weir.core.fold.port;

import io.weir.core.reading.RejectReason;
import java.util.Map;

/**
 * The outcome of every record of a source up to an offset, as counts of readings.
 *
 * @param throughOffset the last record that is accounted for; {@link #NOTHING} before the first
 * @param received readings in those records
 * @param rejected rejected readings by reason; reasons without any may be absent
 */
public record Ledger(long throughOffset, long received, long stored, long duplicate, Map<RejectReason, Long> rejected) {

    /** The offset before the first record. */
    public static final long NOTHING = -1;

    public static final Ledger EMPTY = new Ledger(NOTHING, 0, 0, 0, Map.of());

    public Ledger {
        rejected = Map.copyOf(rejected);
    }

    /** Returns the number of rejected readings. */
    public long rejectedTotal() {
        return rejected.values().stream().mapToLong(Long::longValue).sum();
    }

    /** Returns true if every received reading is stored, a duplicate or rejected. */
    public boolean balances() {
        return received == stored + duplicate + rejectedTotal();
    }
}
