package io.weir.core.fold;

import io.weir.core.reading.ReadingKey;
import io.weir.core.rollup.Scope;
import java.time.LocalDate;
import java.util.Collection;
import java.util.Map;
import java.util.function.Consumer;

/**
 * The tables of one source, as a rollback sees them. Called by one thread at a time. A deletion removes every write
 * with its timestamp or an earlier one, also a write that lands after it. See {@link DecisionTables} for reads and
 * writes.
 */
public interface RollbackTables extends RollupStore {

    /** Returns how those readings arrived that the raw table holds; others are absent. */
    Map<ReadingKey, Arrival> readArrivals(Collection<ReadingKey> keys);

    /** Passes the raw rows of a device or a group on: see {@link SourceTables#readReadings}. */
    void readReadings(RawSpan span, Consumer<ArrivedReading> reader);

    /** Deletes rollup rows, with their versions as timestamps. */
    PendingWrite deleteRollups(Collection<RollupRow> rows);

    /** Deletes rows of the raw table by device or by group, with the timestamps that they were written with. */
    PendingWrite deleteReadings(Scope table, Collection<StoredReading> readings);

    /**
     * Deletes the rejected readings of all records from an offset on.
     *
     * @param day whose records, by their timestamps in UTC
     * @param timestampMicros of the deletion
     */
    PendingWrite deleteRejected(LocalDate day, long from, long timestampMicros);
}
