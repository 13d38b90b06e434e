package io.weir.core.fold;

/** The effects of the fold that decides. */
interface DecidingEffects extends Effects {

    /** Takes a reading that is not stored although it keeps the rules. */
    void excepted(Candidate candidate, ExceptedReading.Kind kind);
}
