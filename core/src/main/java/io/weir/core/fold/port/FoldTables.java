package io.weir.core.fold.port;

/** The part of the tables that every fold needs. Called by one thread at a time. */
public interface FoldTables {

    /**
     * Returns the current epoch of the store.
     *
     * @throws TablesException if the store cannot be reached in bounded time
     */
    StoreEpoch readEpoch();
}
