package io.weir.core.fold.engine;

import io.weir.core.fold.port.PendingWrite;
import io.weir.core.fold.rollup.CacheStatistics;
import io.weir.core.fold.rollup.CachedRow;
import io.weir.core.reading.Reading;
import java.util.List;

/**
 * The effects of stored readings between two flushes, collected in memory. Readings are added in log order; a write
 * never falls between two readings of one record. Not thread-safe.
 */
interface Effects {

    /** Returns the cache entries of the rows that a reading is folded into. */
    List<? extends CachedRow<?>> rowsOf(Reading reading);

    /**
     * Returns true if the rows requested since the last {@link #load} may need so much memory that they must be loaded
     * before more are requested.
     */
    boolean needsLoad();

    /** Loads the rows requested since the last call; returns true if a table was read. */
    boolean load();

    /** Adds a stored reading, whose rows have been loaded. */
    void addStored(Candidate candidate);

    /** Returns true if memory is so full that the changes must be flushed. */
    boolean needsFlush();

    /** Writes all changes since the last call, as they are now; later changes belong to the next call. */
    PendingWrite write();

    /** Called when all writes are durable: evicts what exceeds the memory limit. */
    void onDurable();

    /** Returns how the cached rows were used. */
    CacheStatistics cache();

    /** Drops everything in memory, because it may differ from what is stored. */
    void clear();
}
