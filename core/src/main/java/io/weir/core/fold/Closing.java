package io.weir.core.fold;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * How a prefix of the log is closed: its effects become durable, and only then the ledger that counts them. One prefix
 * after the other; not thread-safe.
 */
final class Closing {

    private @Nullable PendingWrite underWay;
    private @Nullable Supplier<PendingWrite> writeLedger;
    private @Nullable Runnable closed;

    /**
     * Begins with the next prefix. Expects that none is under way.
     *
     * @param effects have been sent
     * @param writeLedger sends the ledger
     * @param closed what to do when the ledger is durable
     */
    void begin(PendingWrite effects, Supplier<PendingWrite> writeLedger, Runnable closed) {
        this.underWay = effects;
        this.writeLedger = writeLedger;
        this.closed = closed;
    }

    /** Begins with effects that close nothing. Expects that nothing is under way. */
    void begin(PendingWrite effects) {
        this.underWay = effects;
    }

    /** Goes on as far as it can without waiting; returns whether nothing is under way any more. */
    boolean tryEnd() {
        while (underWay != null && underWay.isDurable()) {
            goOn();
        }
        return underWay == null;
    }

    void await() {
        while (underWay != null) {
            underWay.await();
            goOn();
        }
    }

    /** Gives up what is under way. */
    void forget() {
        underWay = null;
        writeLedger = null;
        closed = null;
    }

    private void goOn() {
        if (writeLedger != null) {
            underWay = writeLedger.get();
            writeLedger = null;
        } else {
            if (closed != null) {
                closed.run();
            }
            forget();
        }
    }
}
