package io.weir.core.fold;

import java.util.List;

/**
 * Applies the records of one source to tables, as those see it that feed it: all that follows from a log prefix, or one
 * query's share of it, however often records are replayed and wherever an earlier run stopped.
 *
 * <pre>{@code
 * fold.open();              // whenever records follow that may not be the next ones, and after any failure
 * fold.apply(records);      // any number of times, in offset order, from any offset at or before the last one applied
 * fold.awaitReadings();     // now the raw rows are durable
 * fold.flush();             // now everything applied is durable, and so is the ledger that says so
 * }</pre>
 *
 * <p>Any exception leaves the fold closed: what was applied since the last flush counts as not applied. Until then,
 * what was applied stays in memory from one opening to the next, flushed or not. Not thread-safe: one thread at a time.
 */
public interface Fold {

    /**
     * Begins, or begins again: after all that was applied, if nothing has failed since and the stored ledger has
     * neither gone back nor come further than that, in the same store epoch; else after the stored ledger, with nothing
     * in memory.
     */
    void open();

    /** Whether records can be applied: false before the first opening and after any failure. */
    boolean isOpen();

    /** The last offset that the ledger accounts for. */
    long throughOffset();

    /** The last offset that was applied; records at or below it are skipped. */
    long appliedThrough();

    /**
     * Applies records in offset order. They count after {@link #flush}.
     *
     * @throws TablesException if the tables cannot be reached
     * @throws IllegalArgumentException if the offsets do not rise
     */
    void apply(List<LogRecord> records);

    /** Whether readings are on their way that were applied, and are not known to be durable; never in a follower. */
    boolean hasReadingsUnderWay();

    /**
     * Waits until the raw rows of everything that was applied are durable. A follower writes its rows when it flushes.
     */
    void awaitReadings();

    /** Makes everything that was applied durable, and then the ledger that closes the prefix. */
    void flush();

    /**
     * Begins a part of a flush and leaves it under way. The first part settles what the flush covers: all that was applied
     * so far, whatever is applied from here on. Every part writes the rollups by hour as they are now, for those who read
     * them, and a share of what else the flush has left to write; the last one, with a share of 1, ends with the ledger. Waits for
     * the part before, and until the readings are durable. A follower leaves nothing to further parts.
     *
     * @param share above 0 and at most 1
     */
    void beginFlush(double share);

    /** Goes on with what was begun as far as it can without waiting; returns whether nothing is under way any more. */
    boolean tryEndFlush();
}
