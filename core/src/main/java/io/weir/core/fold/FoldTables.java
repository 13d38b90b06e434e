package io.weir.core.fold;

/** What every fold asks of its tables. Called by one thread at a time. */
public interface FoldTables {

    /**
     * Returns the epoch that the store is in now.
     *
     * @throws TablesException if the store cannot be reached in bounded time
     */
    StoreEpoch readEpoch();
}
