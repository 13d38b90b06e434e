package io.weir.metricproducer;

/**
 * Receives the progress of a file or a simulation. Called often and on the publishing thread, so it must return
 * quickly.
 */
@FunctionalInterface
public interface ProgressListener {

    /** Ignores the progress. */
    ProgressListener NONE = (done, bytes) -> {};

    /**
     * Receives the totals since the start.
     *
     * @param done lines of the file, or readings of the simulation
     * @param bytes bytes read from the file, or written by the simulation
     */
    void progressed(long done, long bytes);
}
