package io.weir.core.fold;

import java.util.List;

/**
 * What all folds have in common: they are open between two steps, closed once one has failed, and close one prefix of the
 * log after the other. A prefix is closed only in the store epoch in which it was begun, and only if it follows the ledger
 * without a gap.
 */
abstract class ClosingFold implements Fold {

    final Closing closing = new Closing();

    private final FoldTables tables;
    private final SourceLog log;

    private boolean open;
    private boolean clean;
    private StoreEpoch epoch = StoreEpoch.NONE;

    /** Whether records were applied since the fold was opened, so that the next ones follow them. */
    private boolean joined;

    ClosingFold(FoldTables tables, SourceLog log) {
        this.tables = tables;
        this.log = log;
    }

    @Override
    public final void open() {
        open = false;
        joined = false;
        closing.forget();
        StoreEpoch last = epoch;
        epoch = tables.readEpoch();
        resume(clean && epoch.equals(last));
        open = true;
    }

    @Override
    public final void apply(List<LogRecord> records) {
        if (!records.isEmpty()) {
            joinLedger(records.get(0).offset());
            applyNext(records);
        }
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
     * @param clean whether the last flush closed everything in this epoch, so that memory may be what is stored
     */
    abstract void resume(boolean clean);

    /** Applies records that follow the ledger, or what was applied since, without a gap. Some may be at or below it. */
    abstract void applyNext(List<LogRecord> records);

    /** Begins to close all that was applied, if there is any. Waits for what is under way. */
    abstract void beginClosing();

    /** Begins a part of closing what was applied when the first part began, if there is any. Waits for what is under way. */
    abstract void beginClosing(double share);

    /** Returns the epoch in which everything since the last ledger was written. */
    final StoreEpoch epoch() {
        return epoch;
    }

    /**
     * Requires that the store still has what it had when the fold was opened. Asked after reads and before the writes that
     * follow from them: a store that went back has lost rows, and a decision that missed them would be wrong.
     */
    final void requireSameEpoch() {
        if (!tables.readEpoch().equals(epoch)) {
            throw new TablesException("a node of the store has restarted, failed, joined or left since the source was"
                    + " opened: rows may be lost, so records after the ledger are replayed");
        }
    }

    /** Requires that no record lies between the ledger and the first one to apply. */
    private void joinLedger(long first) {
        if (joined) {
            return;
        }
        begin();
        long next = throughOffset() + 1;
        if (first > next && log.hasRecords(next, first)) {
            throw new TablesException("the ledger ends at offset " + (next - 1) + ", but reading begins at " + first
                    + " and the log has records in between: the store went back to an older state, so reading must resume"
                    + " from the ledger");
        }
        joined = true;
        end();
    }

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
