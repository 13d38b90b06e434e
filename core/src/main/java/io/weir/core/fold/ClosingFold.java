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
    private StoreEpoch epoch = StoreEpoch.NONE;

    /** Whether records were applied since the fold was opened, so that the next ones follow them. */
    private boolean joined;

    /** The last offset that was applied when the fold was opened: records up to it may come again. */
    private long openedThrough = Ledger.NOTHING;

    ClosingFold(FoldTables tables, SourceLog log) {
        this.tables = tables;
        this.log = log;
    }

    @Override
    public final void open() {
        boolean intact = open;
        open = false;
        joined = false;
        StoreEpoch last = epoch;
        epoch = tables.readEpoch();
        resume(intact && epoch.equals(last));
        openedThrough = appliedThrough();
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
     * Goes on after what was applied, or after the stored ledger.
     *
     * @param intact whether nothing has failed in this epoch since the fold was opened before, so that memory holds all
     *     that was applied
     */
    abstract void resume(boolean intact);

    /** Applies records that follow what was applied without a gap. Some may be at or below it. */
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

    /** Whether a record was applied before. Its offset must be above that of the record before it. */
    final boolean isApplied(LogRecord record) {
        long offset = record.offset();
        if (offset > appliedThrough()) {
            return false;
        }
        if (offset > openedThrough) {
            throw new IllegalArgumentException(
                    "offsets must rise: found " + offset + " after " + appliedThrough() + " was applied");
        }
        return true;
    }

    /**
     * Whether memory is of use beside a stored ledger: that is one which this fold has written, or one that another
     * process has written for a part of what is in memory.
     */
    final boolean covers(long storedThrough) {
        return storedThrough >= throughOffset() && storedThrough <= appliedThrough();
    }

    /** Requires that no record lies between what was applied and the first one to apply. */
    private void joinLedger(long first) {
        if (joined) {
            return;
        }
        begin();
        long next = appliedThrough() + 1;
        if (first > next && log.hasRecords(next, first)) {
            throw new TablesException(
                    "this process has applied the log through offset " + (next - 1)
                            + ", but reading begins at " + first
                            + " and the log has records in between: they were applied in"
                            + " another process, or the store went back to an older state. Reading must resume from the ledger");
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
    }

    final void end() {
        open = true;
    }
}
