package io.weir.core.fold.engine;

import io.weir.core.fold.port.LogRecord;
import io.weir.core.fold.port.TablesException;
import java.util.List;

/**
 * Applies the records of one source to the tables, or to those that one query feeds. The result depends on the log
 * alone, however often records are replayed and wherever an earlier run stopped.
 *
 * <pre>{@code
 * fold.open();              // before the first record, before records that may be replayed, and after any failure
 * fold.apply(records);      // any number of times, in offset order, from any offset at or before the last one applied
 * fold.awaitReadings();     // the raw rows are durable
 * fold.flush();             // everything applied is durable, and so is the ledger that counts it
 * }</pre>
 *
 * <p>Any exception leaves the fold closed: records applied since the last flush will be replayed. Without a failure,
 * applied records stay in memory from one opening to the next, flushed or not. Not thread-safe: one thread at a time.
 */
public interface Fold {

    /**
     * Opens the fold. Resumes after the last applied record if nothing has failed since, the store epoch is the same,
     * and the stored ledger is neither behind this fold's own nor ahead of what it has applied; otherwise clears the
     * memory and resumes after the stored ledger.
     *
     * @throws TablesException if the tables cannot be reached
     */
    void open();

    /** Returns true if records can be applied: false before the first opening and after any failure. */
    boolean isOpen();

    /** Returns the last offset that the ledger accounts for. */
    long throughOffset();

    /** Returns the last offset that was applied; records at or below it are skipped. */
    long appliedThrough();

    /**
     * Applies records in offset order. They are committed by {@link #flush}.
     *
     * @throws TablesException if the tables cannot be reached
     * @throws IllegalArgumentException if the offsets do not rise
     */
    void apply(List<LogRecord> records);

    /**
     * Returns true if the cached rows take more than the memory of the fold, because one record had many readings.
     * {@link #flush} lets them be evicted; the next {@link #apply} would begin with that, but may come much later.
     */
    boolean exceedsMemory();

    /** Returns true if readings were applied whose raw rows are not known to be durable; always false in a follower. */
    boolean hasReadingsInFlight();

    /**
     * Waits until the raw rows of everything that was applied are durable. Returns at once in a follower, which writes
     * its rows when it flushes.
     *
     * @throws TablesException if a write has failed
     */
    void awaitReadings();

    /**
     * Writes everything that was applied, then the ledger, and waits until both are durable.
     *
     * @throws TablesException if a write has failed
     */
    void flush();

    /**
     * Starts one part of a flush, without waiting for it to complete. The first part fixes what the flush covers: all
     * records applied so far. Each part writes the current hourly rollups, so that readers see them, and a share of the
     * remaining daily and monthly ones; the last part, with a share of 1, ends with the ledger. Waits first until the
     * part before and the raw rows are durable. A follower writes everything in the first part.
     *
     * @param share above 0 and at most 1
     * @throws TablesException if a write has failed
     */
    void beginFlush(double share);

    /**
     * Advances the flush in progress as far as possible without waiting; returns true if no flush is in progress any
     * more.
     *
     * @throws TablesException if a write has failed
     */
    boolean tryCompleteFlush();

    /** Returns what the fold has decided and read so far. Cheap enough to be called for every chunk of records. */
    FoldStatistics statistics();
}
