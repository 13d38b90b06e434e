package io.weir.core.fold.port;

/** Writes that were sent to the tables and are not known to be durable yet. Used by one thread. */
public interface PendingWrite {

    /**
     * Returns true if all of the writes are durable. Does not wait.
     *
     * @throws TablesException if one of the writes has failed
     */
    boolean isDurable();

    /**
     * Waits until all of the writes are durable.
     *
     * @throws TablesException if one of the writes has failed, or the thread was interrupted
     */
    void await();
}
