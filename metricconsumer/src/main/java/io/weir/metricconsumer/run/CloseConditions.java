package io.weir.metricconsumer.run;

import java.util.function.BooleanSupplier;

/**
 * The conditions for closing a run: the ledgers account for everything that this run and earlier runs may have written.
 *
 * @param realTime whether the run uses Real-Time Mode; such a run is never closed, because a batch leaves no trace
 *     before it ends
 * @param batchesCommitted returns whether every batch that was begun is committed
 * @param caughtUp returns whether all queries have applied what the decider stored
 * @param ledgersComplete returns whether the ledgers have reached the end that the log had when this run took over
 */
public record CloseConditions(
        boolean realTime, BooleanSupplier batchesCommitted, BooleanSupplier caughtUp, BooleanSupplier ledgersComplete) {

    /** Returns whether a flush of the ledgers can still meet the conditions. */
    public boolean canBeMet() {
        return !realTime && batchesCommitted.getAsBoolean();
    }

    public boolean areMet() {
        return canBeMet() && caughtUp.getAsBoolean() && ledgersComplete.getAsBoolean();
    }
}
