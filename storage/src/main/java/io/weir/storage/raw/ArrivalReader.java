package io.weir.storage.raw;

import io.weir.core.fold.port.Arrival;
import io.weir.core.reading.ReadingKey;
import java.util.Collection;
import java.util.Map;

/** Finds the first copy of readings, by the same look-ups as a fold. Thread-safe. */
public interface ArrivalReader {

    /**
     * Returns the offset and value of each of these readings that {@code raw_by_device} contains for a source; others
     * are absent.
     *
     * @throws io.weir.core.fold.port.TablesException if the tables cannot be reached
     */
    Map<ReadingKey, Arrival> find(int source, Collection<ReadingKey> keys);
}
