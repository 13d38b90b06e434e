package io.weir.storage.session;

import com.datastax.oss.driver.api.core.cql.BoundStatement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;

/**
 * Writes rows of one table in few requests. Rows of one partition are sent together, as one mutation for its replicas,
 * up to a limit in number and in bytes. Partitions with few rows share a request with others of the same replicas.
 * Statements are created when they are sent, because they take much more memory than rows. For one thread.
 *
 * @param <P> identifies a partition of the table
 * @param <R> a row
 */
public final class PartitionBatches<P, R> {

    private final WriteGroup group;
    private final BatchLimits limits;
    private final BiFunction<P, R, BoundStatement> binder;
    private final Map<P, List<R>> waiting = new LinkedHashMap<>();

    public PartitionBatches(WriteGroup group, BatchLimits limits, BiFunction<P, R, BoundStatement> binder) {
        this.group = group;
        this.limits = limits;
        this.binder = binder;
    }

    public void add(P partition, R row) {
        List<R> rows = waiting.computeIfAbsent(partition, key -> new ArrayList<>(4));
        rows.add(row);
        if (rows.size() == limits.rows()) {
            send(partition, rows);
            rows.clear();
        }
    }

    /** Sends the remaining rows. */
    public void sendRest() {
        SharedBatches shared = new SharedBatches(limits, group::replicasOf, group::send);
        waiting.forEach((partition, rows) -> {
            if (!rows.isEmpty()) {
                shared.add(bind(partition, rows));
            }
        });
        shared.sendRest();
        waiting.clear();
    }

    private void send(P partition, List<R> rows) {
        RequestBatch batch = new RequestBatch(BatchLimits.MAX_REQUEST_BYTES, group::send);
        rows.forEach(row -> batch.add(binder.apply(partition, row)));
        batch.send();
    }

    private List<BoundStatement> bind(P partition, List<R> rows) {
        List<BoundStatement> statements = new ArrayList<>(rows.size());
        for (R row : rows) {
            statements.add(binder.apply(partition, row));
        }
        return statements;
    }
}
