package io.weir.metricconsumer;

import java.util.function.BooleanSupplier;

/**
 * When a run may be closed: the ledgers account for all that it and the runs before it may have written.
 *
 * @param realTime whether it runs in Real-Time Mode, where a batch leaves no trace before it ends, so that there is no telling
 * @param settled tells whether every batch that was begun is committed
 * @param caughtUp tells whether all queries have applied what is decided
 * @param accounted tells whether the ledgers have come to the end that the log had when this run took over
 */
record CloseConditions(boolean realTime, BooleanSupplier settled, BooleanSupplier caughtUp, BooleanSupplier accounted) {

    /** Whether all may be met when ledgers follow. */
    boolean mayBeMet() {
        return !realTime && settled.getAsBoolean();
    }

    boolean areMet() {
        return mayBeMet() && caughtUp.getAsBoolean() && accounted.getAsBoolean();
    }
}
