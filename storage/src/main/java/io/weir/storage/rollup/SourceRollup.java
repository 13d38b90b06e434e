package io.weir.storage.rollup;

import io.weir.core.fold.port.Ledger;
import io.weir.core.rollup.Rollup;
import io.weir.core.rollup.RollupKey;

/**
 * A row of a rollup table: the readings of one source in a window.
 *
 * @param throughOffset the last record of the source that is folded into the row
 * @param rebuiltOffset the last command that rebuilt the row; {@link Ledger#NOTHING} if none did
 * @param repaired the readings that commands that accept repairs found in the raw table, minus those that the row held
 *     before them
 */
public record SourceRollup(
        int source, RollupKey key, Rollup rollup, long throughOffset, long rebuiltOffset, long repaired) {

    /** Creates a row that was never rebuilt. */
    public SourceRollup(int source, RollupKey key, Rollup rollup, long throughOffset) {
        this(source, key, rollup, throughOffset, Ledger.NOTHING, 0);
    }
}
