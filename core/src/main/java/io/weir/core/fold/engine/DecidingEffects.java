package io.weir.core.fold.engine;

import io.weir.core.fold.port.PendingWrite;
import io.weir.core.fold.port.SkippedReading;

/** The effects of a fold that decides. */
interface DecidingEffects extends Effects {

    /** Records that a reading is not stored although it passes the rules. */
    void addExcepted(Candidate candidate, SkippedReading.Kind kind);

    /** Marks the changes so far as those that the following calls of {@link #write(double)} write. */
    void mark();

    /**
     * Writes one part of the changes: the current rows that readers wait for, and a share of the other rows that had
     * changed at the {@linkplain #mark mark} and were not written since.
     *
     * @param share above 0 and at most 1; 1 writes all that remain
     */
    PendingWrite write(double share);
}
