package io.weir.core.fold;

import io.weir.core.reading.ReadingKey;
import io.weir.core.rollup.RollupKey;
import java.util.Collection;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The tables, as the fold of one source sees them. Called by one thread at a time.
 *
 * <p>Reads block and see every write that is durable. Writes return at once, or wait while too many are under way; they
 * may be applied in any order, also after a failure, so each carries its own timestamp: a raw row and a rejected reading
 * their record's, a rollup row its version, the ledger its offset. An older write never replaces a newer one.
 *
 * <p>All methods throw {@link TablesException} when the tables cannot be reached in bounded time.
 */
public interface SourceTables {

    /** Returns the source's ledger, or null when it has none. */
    @Nullable
    Ledger readLedger();

    /** Returns the rows that exist; keys without a row are absent. */
    Map<RollupKey, RollupRow> readRollups(Collection<RollupKey> keys);

    /** Returns how those readings arrived that the raw table holds; others are absent. */
    Map<ReadingKey, Arrival> readArrivals(Collection<ReadingKey> keys);

    /**
     * Passes the source's raw rows of a device or a group on, from the raw table that is cut by it: in an order that
     * depends on nothing but the rows, and never many of them in memory.
     */
    void readReadings(RawSpan span, Consumer<ArrivedReading> reader);

    /** Writes each reading to both raw tables. */
    PendingWrite writeReadings(Collection<StoredReading> readings);

    PendingWrite writeRejected(Collection<RejectedReading> rejected);

    PendingWrite writeCatalog(Collection<CatalogEntry> entries);

    /** Writes the rows as they are now: later changes to them do not count. */
    PendingWrite writeRollups(Collection<RollupRow> rows);

    PendingWrite writeLedger(Ledger ledger);
}
