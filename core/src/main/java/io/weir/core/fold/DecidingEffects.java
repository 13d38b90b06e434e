package io.weir.core.fold;

/** The effects of the fold that decides: they know besides which readings cannot have been stored before. */
interface DecidingEffects extends Effects {

    /** Whether no record before this chunk can have brought a reading of the candidate's series and time. */
    boolean isNews(Candidate candidate);

    /** Takes a reading that is not stored although it keeps the rules. */
    void excepted(Candidate candidate, ExceptedReading.Kind kind);
}
