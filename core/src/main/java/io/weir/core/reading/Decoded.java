package io.weir.core.reading;

/** One element of a record as its decoder found it: a reading, or the reason why it is none. */
public sealed interface Decoded permits Reading, Rejection {}
