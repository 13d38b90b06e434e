package io.weir.storage;

/**
 * A run that has just been opened.
 *
 * @param tookOver whether another run of its topic was open: it may have written rows that its ledgers do not account for
 * @param crashed whether the process of that other run has not said that it stopped
 */
public record OpenedRun(Run run, boolean tookOver, boolean crashed) {}
