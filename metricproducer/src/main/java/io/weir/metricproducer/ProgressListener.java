package io.weir.metricproducer;

/** Hears how far a file or a simulation has come, often and on the publishing thread: it must be quick. */
@FunctionalInterface
public interface ProgressListener {

    /** Nobody listens. */
    ProgressListener NONE = (done, bytes) -> {};

    /**
     * Tells the totals since the start.
     *
     * @param done lines of the file, or readings of the simulation
     * @param bytes bytes read from the file, or written by the simulation
     */
    void progressed(long done, long bytes);
}
