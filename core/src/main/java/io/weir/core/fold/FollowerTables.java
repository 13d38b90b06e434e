package io.weir.core.fold;

import java.util.Set;

/** What a follower reads of its source's decider, and its own ledger: see {@link DecisionTables} for what holds of both. */
public interface FollowerTables extends FoldTables {

    /** Returns the last offset that the follower's own ledger accounts for, or the one before the source's first. */
    long readThroughOffset();

    /**
     * Waits until the decider's ledger accounts for an offset.
     *
     * @return the last offset that it accounts for
     * @throws TablesException if it makes no progress for too long, or the thread was interrupted
     */
    long awaitDecided(long offset);

    /** Returns which readings from the first to the last offset the decider has excepted; it must have passed them. */
    Set<ElementPosition> readExceptions(long first, long last);

    /** Writes the follower's own ledger while the store is in an epoch: see {@link DecisionTables#writeLedger}. */
    PendingWrite writeThroughOffset(long throughOffset, StoreEpoch epoch);
}
