package io.weir.core.fold;

/**
 * What all folds have in common: they are open between two steps, closed once one has failed, and close one prefix of the
 * log after the other.
 */
abstract class ClosingFold implements Fold {

    final Closing closing = new Closing();

    private boolean open;
    private boolean clean;

    @Override
    public final void open() {
        open = false;
        closing.forget();
        resume(clean);
        open = true;
    }

    @Override
    public final boolean isOpen() {
        return open;
    }

    @Override
    public final void flush() {
        begin();
        beginClosing();
        closing.await();
        end();
        clean = true;
    }

    @Override
    public final void beginFlush(double share) {
        begin();
        beginClosing(share);
        end();
    }

    @Override
    public final boolean tryEndFlush() {
        begin();
        boolean ended = closing.tryEnd();
        end();
        return ended;
    }

    /**
     * Goes on after the stored ledger.
     *
     * @param clean whether nothing has happened since the last flush, so that memory may be what is stored
     */
    abstract void resume(boolean clean);

    /** Begins to close all that was applied, if there is any. Waits for what is under way. */
    abstract void beginClosing();

    /** Begins a part of closing what was applied when the first part began, if there is any. Waits for what is under way. */
    abstract void beginClosing(double share);

    /** From here until {@link #end}, any exception leaves the fold closed. */
    final void begin() {
        if (!open) {
            throw new IllegalStateException("the fold is not open: it was never opened, or has failed since");
        }
        open = false;
        clean = false;
    }

    final void end() {
        open = true;
    }
}
