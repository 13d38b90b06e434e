package io.weir.storage;

import com.datastax.oss.driver.api.core.cql.BatchStatement;
import com.datastax.oss.driver.api.core.cql.BatchableStatement;
import com.datastax.oss.driver.api.core.cql.BoundStatement;
import com.datastax.oss.driver.api.core.cql.DefaultBatchType;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Writes rows of one table in few requests: rows of one partition go together, as one mutation for its replicas. A batch
 * over several partitions would cost more than it saves.
 *
 * @param <P> identifies a partition of the table
 */
final class PartitionBatches<P> {

    private final RequestGroup group;
    private final int maxRows;
    private final Map<P, List<BatchableStatement<?>>> waiting = new LinkedHashMap<>();

    PartitionBatches(RequestGroup group, int maxRows) {
        this.group = group;
        this.maxRows = maxRows;
    }

    void add(P partition, BoundStatement row) {
        List<BatchableStatement<?>> rows = waiting.computeIfAbsent(partition, key -> new ArrayList<>(4));
        rows.add(row);
        if (rows.size() == maxRows) {
            send(rows);
            rows.clear();
        }
    }

    /** Sends what has not been sent yet. */
    void sendRest() {
        for (List<BatchableStatement<?>> rows : waiting.values()) {
            if (!rows.isEmpty()) {
                send(rows);
            }
        }
        waiting.clear();
    }

    private void send(List<BatchableStatement<?>> rows) {
        if (rows.size() == 1) {
            group.send(rows.get(0));
        } else {
            group.send(BatchStatement.newInstance(DefaultBatchType.UNLOGGED, rows));
        }
    }
}
