package io.weir.core.fold;

import io.weir.core.reading.ReadingKey;
import java.util.Collection;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The tables that the decisions about a source's readings need and leave. Called by one thread at a time.
 *
 * <p>Reads block and see every write that is durable. Writes return at once, or wait while too many are under way, or,
 * where many rollup rows are loaded together, until that has ended: rows that still change cannot be left to it. They may
 * be applied in any order, also after a failure, so each carries its own timestamp: a raw row, a rejected and an excepted
 * reading their record's, a rollup row its version, a ledger its offset. An older write never replaces a newer one.
 *
 * <p>All methods throw {@link TablesException} when the tables cannot be reached in bounded time.
 */
public interface DecisionTables extends FoldTables {

    /** Returns the source's ledger, or null when it has none. */
    @Nullable
    Ledger readLedger();

    /** Returns how those readings arrived that the raw table holds; others are absent. */
    Map<ReadingKey, Arrival> readArrivals(Collection<ReadingKey> keys);

    /** Writes each reading to the raw tables that this query feeds. The collection must not change any more. */
    PendingWrite writeReadings(Collection<StoredReading> readings);

    PendingWrite writeRejected(Collection<RejectedReading> rejected);

    PendingWrite writeCatalog(Collection<CatalogEntry> entries);

    /**
     * Writes the source's ledger while the store is in an epoch; fails once it is in another. Every attempt is made in that
     * epoch: one that has failed is repeated only after asking again which epoch it is.
     */
    PendingWrite writeLedger(Ledger ledger, StoreEpoch epoch);
}
