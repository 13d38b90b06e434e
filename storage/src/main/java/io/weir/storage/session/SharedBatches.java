package io.weir.storage.session;

import com.datastax.oss.driver.api.core.cql.BoundStatement;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Writes partitions with few rows in shared requests, each for partitions with the same replicas, so that the
 * coordinator is a replica of all of them. For one thread.
 */
final class SharedBatches {

    /**
     * The maximum bytes that wait for their requests to fill, over all sets of replicas, of which a large cluster has
     * many.
     */
    static final int MAX_WAITING_BYTES = 8 * BatchLimits.MAX_REQUEST_BYTES;

    private final BatchLimits limits;
    private final Function<BoundStatement, ?> replicas;
    private final Consumer<List<BoundStatement>> sender;
    private final Map<Object, Batch> open = new HashMap<>();
    private int waiting;

    /**
     * @param replicas returns an object that is equal for rows with the same replicas
     * @param sender sends rows in one request; must not keep the list
     */
    SharedBatches(BatchLimits limits, Function<BoundStatement, ?> replicas, Consumer<List<BoundStatement>> sender) {
        this.limits = limits;
        this.replicas = replicas;
        this.sender = sender;
    }

    /** Adds all rows of one partition. Rows that exceed the limit of a shared request are sent separately. */
    void add(List<BoundStatement> rows) {
        int bytes = rows.stream().mapToInt(EncodedSize::of).sum();
        if (bytes > limits.bytes()) {
            RequestBatch alone = new RequestBatch(BatchLimits.MAX_REQUEST_BYTES, sender);
            rows.forEach(alone::add);
            alone.send();
            return;
        }
        if (waiting + bytes > MAX_WAITING_BYTES) {
            sendRest();
        }
        open.computeIfAbsent(replicas.apply(rows.get(0)), nodes -> new Batch()).add(rows, bytes);
    }

    void sendRest() {
        open.values().forEach(Batch::send);
        open.clear();
    }

    private final class Batch {

        private final RequestBatch request = new RequestBatch(limits.bytes(), sender);
        private int partitions;

        void add(List<BoundStatement> rows, int bytes) {
            if (partitions == limits.partitions() || !request.hasRoomFor(bytes)) {
                send();
            }
            rows.forEach(request::add);
            partitions++;
            waiting += bytes;
        }

        void send() {
            waiting -= request.bytes();
            request.send();
            partitions = 0;
        }
    }
}
