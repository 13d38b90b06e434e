package io.weir.core.fold.port;

import io.weir.core.reading.ReadingKey;
import io.weir.core.rollup.Scope;
import java.time.LocalDate;
import java.util.Collection;
import java.util.Map;
import java.util.function.Consumer;

/**
 * The tables of one source, as a rollback uses them. Called by one thread at a time. A deletion removes every write
 * with its timestamp or an earlier one, even if that write is applied later. Reads and writes behave as in {@link
 * DecisionTables}.
 */
public interface RollbackTables extends RollupStore {

    /** Returns the offset and value of each of these readings that the raw table contains; others are absent. */
    Map<ReadingKey, Arrival> readArrivals(Collection<ReadingKey> keys);

    /** Passes the raw rows of a span to a consumer: see {@link SourceTables#readReadings}. */
    void readReadings(RawSpan span, Consumer<ArrivedReading> reader);

    /** Deletes rollup rows, with their versions as write timestamps. */
    PendingWrite deleteRollups(Collection<RollupRow> rows);

    /** Deletes rows of the raw table by device or by group, with the write timestamps of the rows. */
    PendingWrite deleteReadings(Scope table, Collection<StoredReading> readings);

    /**
     * Deletes the rejected readings of all records from an offset on.
     *
     * @param day the UTC day of the records' timestamps
     * @param from the first offset
     * @param timestampMicros the write timestamp of the deletion, in microseconds since the epoch
     */
    PendingWrite deleteRejected(LocalDate day, long from, long timestampMicros);
}
