package io.weir.storage.read;

import io.weir.core.fold.Ledger;
import io.weir.core.rollup.Rollup;
import io.weir.core.rollup.RollupKey;

/**
 * A row of a rollup table: what one source contributed to a rollup.
 *
 * @param throughOffset the last record of the source that is folded into it
 * @param rebuiltOffset the last command that rebuilt it; {@link Ledger#NOTHING} if none has
 * @param repaired readings that commands found in the raw table, less those that the row held before them
 */
public record SourceRollup(
        int source, RollupKey key, Rollup rollup, long throughOffset, long rebuiltOffset, long repaired) {

    /** A row that was never rebuilt. */
    public SourceRollup(int source, RollupKey key, Rollup rollup, long throughOffset) {
        this(source, key, rollup, throughOffset, Ledger.NOTHING, 0);
    }
}
