package io.weir.core.fold;

import io.weir.core.rollup.RollupKey;
import java.util.Collection;

/**
 * What a fold does with readings that are stored, between two flushes in memory. Told of readings in the order of the
 * log; never asked to write between two readings of one record.
 */
interface Effects {

    /** Brings into memory what {@link #stored} will need. */
    void load(Collection<RollupKey> keys);

    /** Takes a reading whose keys were loaded. */
    void stored(Candidate candidate);

    /** Whether so much is in memory that it is time to write. */
    boolean isCrowded();

    /** Writes all that has changed since it was last written, as it is now. */
    PendingWrite write();

    /** What was changed is durable: memory beyond the bound may be freed. */
    void written();

    /** Forgets everything: what is in memory may not be what is stored. */
    void clear();
}
