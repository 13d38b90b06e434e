package io.weir.storage.rejected;

import io.weir.core.fold.port.ElementPosition;
import io.weir.storage.read.TokenSlice;
import java.time.LocalDate;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Reads the rejected readings. Streams are read page by page while they are consumed, by one thread. Reading throws
 * {@link io.weir.core.fold.port.TablesException} if the tables cannot be reached.
 */
public interface RejectedReader {

    /** Returns the rejected readings that match a filter, in order of topic, day, source and position. */
    Stream<StoredRejection> list(RejectedFilter filter);

    /**
     * Returns the rejected readings that the filter takes, newest first: by the day of their records, and within a day
     * as the records of the sources follow each other in time. Within a source the order is that of the log, reversed.
     *
     * @param after where to go on; {@link RejectedPlaces#NONE} to begin
     */
    Stream<StoredRejection> newest(RejectedFilter filter, RejectedPlaces after);

    /**
     * Returns the positions of the rejected readings of some records: those with an offset from first to last, and a
     * Kafka timestamp on a UTC day.
     */
    Set<ElementPosition> inRecords(String topic, LocalDate day, int source, long first, long last);

    /** Returns the position and reason of every rejected reading in a slice of the table, in arbitrary order. */
    Stream<RejectedPosition> positions(TokenSlice slice);
}
