package io.weir.core.fold.engine;

import io.weir.core.fold.port.FoldTables;
import io.weir.core.fold.port.Ledger;
import io.weir.core.fold.port.LogRecord;
import io.weir.core.fold.port.SourceLog;
import io.weir.core.fold.port.StoreEpoch;
import io.weir.core.fold.port.TablesException;
import java.util.List;
import java.util.function.Supplier;

/**
 * The common part of all folds: tracks its {@linkplain FoldState state}, and commits one prefix of the log after the
 * other. A prefix is committed only in the store epoch in which its writes began, and only if it follows the ledger
 * without a gap. Any failure leaves the fold closed.
 */
abstract class ClosingFold implements Fold {

    final Closing closing = new Closing();

    private final FoldTables tables;
    private final SourceLog log;
    private final long memory;

    private FoldState state = FoldState.CLOSED;
    private StoreEpoch epoch = StoreEpoch.NONE;

    /** The last offset applied when the fold was opened; records up to it may be replayed. */
    private long openedThrough = Ledger.NOTHING;

    ClosingFold(FoldSettings settings, FoldTables tables, SourceLog log) {
        this.tables = tables;
        this.log = log;
        this.memory = settings.memory();
    }

    @Override
    public final void open() {
        boolean intact = isOpen();
        state = FoldState.CLOSED;
        StoreEpoch last = epoch;
        epoch = tables.readEpoch();
        resume(intact && epoch.equals(last));
        openedThrough = appliedThrough();
        state = FoldState.OPEN;
    }

    @Override
    public final void apply(List<LogRecord> records) {
        if (!records.isEmpty()) {
            requireNoGap(records.get(0).offset());
            applyNext(records);
        }
    }

    @Override
    public final boolean isOpen() {
        return state != FoldState.CLOSED;
    }

    @Override
    public final boolean exceedsMemory() {
        return statistics().cache().bytes() > memory;
    }

    @Override
    public final void flush() {
        step(() -> {
            beginClosing();
            closing.await();
        });
    }

    @Override
    public final void beginFlush(double share) {
        step(() -> beginClosing(share));
    }

    @Override
    public final boolean tryCompleteFlush() {
        return step(() -> closing.tryComplete());
    }

    /**
     * Resumes after the records that were applied, or after the stored ledger.
     *
     * @param intact true if nothing has failed in this epoch since the fold was last opened, so that memory holds
     *     everything that was applied
     */
    abstract void resume(boolean intact);

    /**
     * Applies records that follow the applied ones without a gap. Records at or below {@link #appliedThrough} are
     * skipped.
     */
    abstract void applyNext(List<LogRecord> records);

    /** Starts to commit everything that was applied, if anything was. Waits for the commit in progress first. */
    abstract void beginClosing();

    /**
     * Starts one part of the commit of everything that was applied when its first part began, if anything was. Waits
     * for the commit in progress first.
     */
    abstract void beginClosing(double share);

    /** Returns the store epoch of all writes since the last ledger. */
    final StoreEpoch epoch() {
        return epoch;
    }

    /**
     * Requires that the store epoch has not changed since the fold was opened. Called after reads and before the writes
     * that depend on them: a store that went back to an older state has lost rows, and a decision that missed them
     * would be wrong.
     *
     * @throws TablesException if the epoch has changed
     */
    final void requireSameEpoch() {
        if (!tables.readEpoch().equals(epoch)) {
            throw new TablesException("a node of the store has restarted, failed, joined or left since the source was"
                    + " opened: rows may be lost, so records after the ledger are replayed");
        }
    }

    /**
     * Returns true if the record was applied before.
     *
     * @throws IllegalArgumentException if the offset is not above that of the record before it
     */
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
     * Returns true if what is in memory agrees with the stored ledger: this fold wrote the ledger, or another process
     * wrote it for a prefix of what is in memory.
     */
    final boolean covers(long storedThrough) {
        return storedThrough >= throughOffset() && storedThrough <= appliedThrough();
    }

    /**
     * Requires that the log has no record between the last applied one and the first to apply. Checked once per
     * opening.
     *
     * @throws TablesException if there is such a record
     */
    private void requireNoGap(long first) {
        if (state == FoldState.CONTIGUOUS) {
            return;
        }
        long next = appliedThrough() + 1;
        boolean gap = step(() -> first > next && log.hasRecords(next, first));
        if (gap) {
            state = FoldState.CLOSED;
            throw new TablesException("this process has applied the log through offset " + (next - 1)
                    + ", but reading begins at " + first
                    + " and the log has records in between: another process has applied them, or the store"
                    + " went back to an older state. Reading must resume from the ledger");
        }
        state = FoldState.CONTIGUOUS;
    }

    /**
     * Performs one step. The fold is closed meanwhile, and remains so if the step fails.
     *
     * @return the result of the step
     * @throws IllegalStateException if the fold is not open
     */
    final <T> T step(Supplier<T> work) {
        if (!isOpen()) {
            throw new IllegalStateException("the fold is not open: it was never opened, or has failed since");
        }
        FoldState before = state;
        state = FoldState.CLOSED;
        T result = work.get();
        state = before;
        return result;
    }

    /** Performs one step without a result, like {@link #step(Supplier)}. */
    final void step(Runnable work) {
        step(() -> {
            work.run();
            return true;
        });
    }
}
