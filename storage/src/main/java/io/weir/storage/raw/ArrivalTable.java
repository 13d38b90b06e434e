package io.weir.storage.raw;

import io.weir.core.fold.port.Arrival;
import io.weir.core.reading.ReadingKey;
import io.weir.storage.schema.PartitionLayout;
import io.weir.storage.session.CassandraConnection;
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
     * @throws io.weir.core.fold.port.TablesException if the tables cannot be reached
     */
    public Map<ReadingKey, Arrival> find(int source, Collection<ReadingKey> keys) {
        return raw.read(source, keys);
    }
}
