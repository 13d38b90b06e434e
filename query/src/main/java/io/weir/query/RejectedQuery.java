package io.weir.query;

import io.weir.storage.ReadTables;
import io.weir.storage.ledger.SourceLedger;
import io.weir.storage.rejected.RejectedFilter;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;

/** Queries rejected readings. Thread-safe. */
public final class RejectedQuery {

    private final ReadTables tables;

    public RejectedQuery(ReadTables tables) {
        this.tables = tables;
    }

    /**
     * Returns the rejected readings that match the filter, in order of topic, day, source and position, as a lazy
     * stream.
     */
    public Stream<ShownRejection> run(RejectedFilter filter) {
        Map<Integer, Integer> partitions = new HashMap<>();
        for (SourceLedger source : tables.ledgers().readAll()) {
            partitions.put(source.source(), source.partition());
        }
        return tables.rejected()
                .list(filter)
                .map(stored -> ShownRejection.of(stored, partitions.getOrDefault(stored.source(), -1)));
    }
}
