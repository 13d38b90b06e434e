package io.weir.storage;

import io.weir.core.fold.Arrival;
import io.weir.core.reading.ReadingKey;
import io.weir.storage.read.ArrivalReader;
import java.util.Collection;
import java.util.Map;

/** Finds how readings arrived in {@code raw_by_device}, by the same look-ups as the fold. Thread-safe. */
public final class ArrivalTable implements ArrivalReader {

    private final RawTables raw;

    public ArrivalTable(CassandraConnection connection, PartitionLayout layout) {
        this.raw = new RawTables(connection, layout);
    }

    @Override
    public Map<ReadingKey, Arrival> find(int source, Collection<ReadingKey> keys) {
        return raw.read(source, keys);
    }
}
