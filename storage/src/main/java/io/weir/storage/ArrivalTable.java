package io.weir.storage;

import io.weir.core.fold.Arrival;
import io.weir.core.reading.ReadingKey;
import java.util.Collection;
import java.util.Map;

/** Finds the first copy of readings in {@code raw_by_device}, by the same look-ups as the fold. Thread-safe. */
public final class ArrivalTable {

    private final RawTables raw;

    public ArrivalTable(CassandraConnection connection, PartitionLayout layout) {
        this.raw = new RawTables(connection, layout);
    }

    /**
     * Returns the offset and value of each of these readings that is stored for a source; others are absent.
     *
     * @throws io.weir.core.fold.TablesException if the tables cannot be reached
     */
    public Map<ReadingKey, Arrival> find(int source, Collection<ReadingKey> keys) {
        return raw.read(source, keys);
    }
}
