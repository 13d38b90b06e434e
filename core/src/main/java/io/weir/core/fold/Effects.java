package io.weir.core.fold;

import io.weir.core.reading.Reading;
import java.util.List;

/**
 * What a fold does with readings that are stored, between two flushes in memory. Told of readings in the order of the
 * log; never asked to write between two readings of one record.
 */
interface Effects {

    /** Returns the places of the rows that a reading is folded into. */
    List<? extends CachedRow<?>> rowsOf(Reading reading);

    /** Whether the rows of the readings since the last time could take so much memory that it is time to load them. */
    boolean hasMuchToLoad();

    /** Brings into memory the rows of all readings since the last time; returns whether any table was read for it. */
    boolean load();

    /** Takes a reading whose rows were loaded. */
    void stored(Candidate candidate);

    /** Whether so much is in memory that it is time to write. */
    boolean isCrowded();

    /** Writes all that has changed since the last time, as it is now: what changes from here on is left to the next. */
    PendingWrite write();

    /** All that was ever written is durable: memory beyond the bound may be freed. */
    void written();

    /** Forgets everything: what is in memory may not be what is stored. */
    void clear();
}
