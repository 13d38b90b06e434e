package io.weir.core.fold;

import org.jspecify.annotations.Nullable;

/** The effects of the fold that decides. */
interface DecidingEffects extends Effects {

    /** Takes a reading that is not stored although it keeps the rules. */
    void excepted(Candidate candidate, ExceptedReading.Kind kind);

    /** Writes the hours that have changed since they were last written, as they are now; null where rollups are others'. */
    @Nullable
    PendingWrite writeHours();
}
