package io.weir.core.fold.port;

import java.util.Set;

/**
 * The tables of a follower: its own ledger, and what it reads of its source's decider. Reads and writes behave as in
 * {@link DecisionTables}. Called by one thread at a time.
 */
public interface FollowerTables extends FoldTables {

    /** Returns the last offset that the follower's own ledger accounts for, or the one before the source's first. */
    long readThroughOffset();

    /**
     * Waits until the decider's ledger accounts for an offset.
     *
     * @return the last offset that the decider's ledger accounts for
     * @throws TablesException if the decider makes no progress for too long, or the thread was interrupted
     */
    long awaitDecided(long offset);

    /**
     * Returns the readings that the decider has excepted in an inclusive range of offsets, which it must have passed.
     */
    Set<ElementPosition> readExceptions(long first, long last);

    /** Writes the follower's own ledger if the store is in the given epoch: see {@link DecisionTables#writeLedger}. */
    PendingWrite writeThroughOffset(long throughOffset, StoreEpoch epoch);
}
