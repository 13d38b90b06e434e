package io.weir.core.reading;

/** An element of a record after decoding: a reading, or a rejection with its reason. */
public sealed interface Decoded permits Reading, Rejection {}
