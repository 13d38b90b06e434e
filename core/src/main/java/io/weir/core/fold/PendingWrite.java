package io.weir.core.fold;

/** Writes that were handed to the tables and are not known to be durable yet. */
public interface PendingWrite {

    /**
     * Returns whether all of them are durable, without waiting for that: at most it begins, when one way has failed, to write
     * them in another.
     *
     * @throws TablesException if one of them has failed
     */
    boolean isDurable();

    /**
     * Waits until all of them are durable.
     *
     * @throws TablesException if one of them has failed, or the thread was interrupted
     */
    void await();
}
