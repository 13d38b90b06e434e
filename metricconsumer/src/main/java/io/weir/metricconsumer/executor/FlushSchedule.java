package io.weir.metricconsumer.executor;

/**
 * Decides when to flush rollups and ledger, and which share of them. Times are those of {@link System#nanoTime}.
 * Implementations are not thread-safe.
 */
interface FlushSchedule {

    /** The result of {@link #nextShare} when no flush is due. */
    double NOTHING = 0;

    /** Notes that records were applied, so that there is something to flush. */
    void onApplied(long now);

    /**
     * Returns the share of the rollups to flush now, from above 0 to 1, or {@link #NOTHING}. The caller begins that
     * flush.
     */
    double nextShare(long now);

    /** Notes that the flush that was begun last has completed. */
    void onFlushEnded(long now);
}
