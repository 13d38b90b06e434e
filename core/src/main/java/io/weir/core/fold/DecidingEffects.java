package io.weir.core.fold;

/** The effects of the fold that decides. */
interface DecidingEffects extends Effects {

    /** Takes a reading that is not stored although it keeps the rules. */
    void excepted(Candidate candidate, ExceptedReading.Kind kind);

    /** From here on, what has changed so far is written in parts. */
    void mark();

    /**
     * Writes what readers wait for, as it is now, and a share of what else had changed at the {@linkplain #mark mark} and
     * was not written since: with a share of 1, all that is left of it.
     */
    PendingWrite write(double share);
}
