package io.weir.core.fold.engine;

import io.weir.core.fold.port.PendingWrite;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Commits one prefix of the log after the other: waits until its effects are durable, then writes the ledger that
 * counts them. Not thread-safe.
 */
final class Closing {

    private @Nullable PendingWrite inFlight;
    private @Nullable Supplier<PendingWrite> writeLedger;
    private @Nullable Runnable onClosed;

    /**
     * Starts to commit the next prefix. Requires that no commit is in progress.
     *
     * @param effects writes that have been sent
     * @param writeLedger sends the ledger, once the effects are durable
     * @param onClosed called when the ledger is durable
     */
    void begin(PendingWrite effects, Supplier<PendingWrite> writeLedger, Runnable onClosed) {
        this.inFlight = effects;
        this.writeLedger = writeLedger;
        this.onClosed = onClosed;
    }

    /** Tracks effects that no ledger follows. Requires that no commit is in progress. */
    void begin(PendingWrite effects) {
        this.inFlight = effects;
    }

    /** Advances as far as possible without waiting; returns true if nothing is in progress any more. */
    boolean tryComplete() {
        while (inFlight != null && inFlight.isDurable()) {
            advance();
        }
        return inFlight == null;
    }

    void await() {
        while (inFlight != null) {
            inFlight.await();
            advance();
        }
    }

    /** Abandons the commit in progress. */
    void abandon() {
        inFlight = null;
        writeLedger = null;
        onClosed = null;
    }

    private void advance() {
        if (writeLedger != null) {
            inFlight = writeLedger.get();
            writeLedger = null;
        } else {
            if (onClosed != null) {
                onClosed.run();
            }
            abandon();
        }
    }
}
