package io.weir.metricconsumer.executor;

import io.weir.core.fold.engine.Fold;
import io.weir.core.fold.engine.FoldStatistics;
import io.weir.core.fold.port.Ledger;
import io.weir.core.fold.port.LogRecord;
import io.weir.core.fold.port.TablesException;
import io.weir.core.fold.rollup.CacheStatistics;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Records its calls, and does in them what a test sets. */
final class FakeFold implements Fold {

    static final long CACHE_BYTES = 4000;

    final List<String> calls = new CopyOnWriteArrayList<>();
    volatile boolean isOpen = true;
    volatile boolean answers = true;
    volatile boolean fails;
    volatile boolean exceedsMemory;
    volatile boolean wasInterrupted;
    volatile Runnable whenOpened = () -> {};
    volatile Runnable whenApplied = () -> {};
    volatile Runnable whenFlushed = () -> {};
    volatile Runnable whenContinued = () -> {};

    @Override
    public void open() {
        calls.add("open");
        whenOpened.run();
    }

    @Override
    public boolean isOpen() {
        return isOpen;
    }

    @Override
    public long throughOffset() {
        return 0;
    }

    @Override
    public long appliedThrough() {
        return 0;
    }

    @Override
    public boolean exceedsMemory() {
        return exceedsMemory;
    }

    @Override
    public void awaitReadings() {
        calls.add("await readings");
    }

    @Override
    public void apply(List<LogRecord> records) {
        calls.add("apply " + records.size());
        whenApplied.run();
    }

    @Override
    public boolean hasReadingsInFlight() {
        calls.add("has readings");
        return answers;
    }

    @Override
    public void flush() {
        calls.add("flush");
        whenFlushed.run();
        wasInterrupted |= Thread.currentThread().isInterrupted();
        if (fails) {
            throw new TablesException("the tables are away");
        }
    }

    @Override
    public FoldStatistics statistics() {
        return new FoldStatistics(Ledger.EMPTY, 0, new CacheStatistics(0, 0, 0, CACHE_BYTES));
    }

    @Override
    public void beginFlush(double share) {
        calls.add("begin flush " + share);
    }

    @Override
    public boolean tryCompleteFlush() {
        calls.add("try end flush");
        whenContinued.run();
        return answers;
    }
}
