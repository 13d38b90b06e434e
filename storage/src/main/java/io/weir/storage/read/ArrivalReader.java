package io.weir.storage.read;

import io.weir.core.fold.Arrival;
import io.weir.core.reading.ReadingKey;
import java.util.Collection;
import java.util.Map;

/** Finds how readings arrived, as a fold does. Thread-safe. */
public interface ArrivalReader {

    /**
     * Returns how those readings arrived that {@code raw_by_device} holds of a source; others are absent.
     *
     * @throws io.weir.core.fold.TablesException if the tables cannot be reached
     */
    Map<ReadingKey, Arrival> find(int source, Collection<ReadingKey> keys);
}
