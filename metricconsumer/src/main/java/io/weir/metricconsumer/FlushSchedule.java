package io.weir.metricconsumer;

/**
 * When rollups and ledger are written of what was applied, and how much of them. Times are those of
 * {@link System#nanoTime}. Implementations are not thread-safe.
 */
interface FlushSchedule {

    /** The share of {@link #next} when nothing is due. */
    double NOTHING = 0;

    /** There is something to write. */
    void applied(long now);

    /** Returns the share of the part of a flush that is due, which the caller then begins, or {@link #NOTHING}. */
    double next(long now);

    /** What was begun last has ended. */
    void ended(long now);
}
