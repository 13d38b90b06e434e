package io.weir.storage;

import com.datastax.oss.driver.api.core.cql.BoundStatement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Writes rows of one table in few requests: rows of one partition go together, as one mutation for its replicas.
 * Partitions with few rows share a request with others of the same replicas.
 *
 * @param <P> identifies a partition of the table
 */
final class PartitionBatches<P> {

    /** From so many rows on, a partition is worth a request of its own. */
    private static final int ENOUGH_ROWS = 5;

    private final RequestGroup group;
    private final int maxRows;
    private final Map<P, List<BoundStatement>> waiting = new LinkedHashMap<>();

    PartitionBatches(RequestGroup group, int maxRows) {
        this.group = group;
        this.maxRows = maxRows;
    }

    void add(P partition, BoundStatement row) {
        List<BoundStatement> rows = waiting.computeIfAbsent(partition, key -> new ArrayList<>(4));
        rows.add(row);
        if (rows.size() == maxRows) {
            group.send(rows);
            rows.clear();
        }
    }

    /** Sends what has not been sent yet. */
    void sendRest() {
        SharedBatches shared = new SharedBatches(group);
        for (List<BoundStatement> rows : waiting.values()) {
            if (rows.size() >= ENOUGH_ROWS) {
                group.send(rows);
            } else if (!rows.isEmpty()) {
                shared.add(rows);
            }
        }
        shared.sendRest();
        waiting.clear();
    }
}
