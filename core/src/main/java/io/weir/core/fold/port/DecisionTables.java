package io.weir.core.fold.port;

import io.weir.core.reading.ReadingKey;
import java.util.Collection;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The tables that a fold reads and writes to decide about a source's readings. Called by one thread at a time.
 *
 * <p>Reads block, and see every write that is durable. Writes return at once, unless too many requests are in flight:
 * then they wait first. Writes may be applied in any order, also after a failure, so each carries its own timestamp: a
 * raw row and a rejected or excepted reading that of their record, a rollup row its version, a ledger its offset. An
 * older write never replaces a newer one.
 *
 * <p>All methods throw {@link TablesException} if the tables cannot be reached in bounded time.
 */
public interface DecisionTables extends FoldTables {

    /** Returns the source's ledger, or null if it has none. */
    @Nullable
    Ledger readLedger();

    /** Returns the offset and value of each of these readings that the raw table contains; others are absent. */
    Map<ReadingKey, Arrival> readArrivals(Collection<ReadingKey> keys);

    /**
     * Writes each reading to the raw tables that this query feeds. The caller must not change the collection
     * afterwards.
     */
    PendingWrite writeReadings(Collection<StoredReading> readings);

    PendingWrite writeRejected(Collection<RejectedReading> rejected);

    PendingWrite writeCatalog(Collection<CatalogEntry> entries);

    /**
     * Writes the source's ledger if the store is in the given epoch, and fails if it is in another. Each retry checks
     * the epoch again before it writes.
     */
    PendingWrite writeLedger(Ledger ledger, StoreEpoch epoch);
}
