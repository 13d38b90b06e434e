package io.weir.storage.run;

/**
 * A run that has just been opened.
 *
 * @param tookOver true if another run of its topic was open, which may have written rows that its ledgers do not
 *     account for
 * @param crashed true if the process of that other run has not reported that it stopped
 */
public record OpenedRun(Run run, boolean tookOver, boolean crashed) {}
