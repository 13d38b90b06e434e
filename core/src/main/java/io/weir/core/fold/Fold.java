package io.weir.core.fold;

import java.util.List;

/**
 * Applies the records of one source to tables, as those see it that feed it: all that follows from a log prefix, or one
 * query's share of it, however often records are replayed and wherever an earlier run stopped.
 *
 * <pre>{@code
 * fold.open();              // once per run, and again after any failure
 * fold.apply(records);      // any number of times, in offset order, from any offset at or before the ledger's
 * fold.flush();             // now everything applied is durable, and so is the ledger that says so
 * }</pre>
 *
 * <p>Any exception leaves the fold closed: what was applied since the last flush counts as not applied. Not thread-safe:
 * one thread at a time.
 */
public interface Fold {

    /**
     * Begins, or begins again, after the stored ledger. What is in memory stays in use only if this fold wrote that
     * ledger itself and nothing has happened since.
     */
    void open();

    /** Whether records can be applied: false before the first opening and after any failure. */
    boolean isOpen();

    /** The last offset that the ledger accounts for; records at or below it are skipped. */
    long throughOffset();

    /**
     * Applies records in offset order. They count after {@link #flush}.
     *
     * @throws TablesException if the tables cannot be reached
     * @throws IllegalArgumentException if the offsets do not rise
     */
    void apply(List<LogRecord> records);

    /** Makes everything that was applied durable, and then the ledger that closes the prefix. */
    void flush();

    /**
     * Begins a flush and leaves it under way: it covers what was applied so far, whatever is applied from here on. Waits for
     * the one before it, and until the readings are durable.
     */
    void beginFlush();

    /**
     * Begins to write the rollups by hour as they are now, for those who read them, and closes nothing: a later flush
     * writes all that is left. Waits as {@link #beginFlush} does, and is that in a fold without such rollups.
     */
    void beginHours();

    /** Goes on with what was begun as far as it can without waiting; returns whether nothing is under way any more. */
    boolean tryEndFlush();
}
