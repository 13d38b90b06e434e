package io.weir.storage;

import com.datastax.oss.driver.api.core.cql.BoundStatement;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Writes partitions of a row or a few in shared requests, each for partitions of the same replicas, so that the node
 * which is asked holds all of them. For one thread.
 */
final class SharedBatches {

    /** Bytes that wait for their requests to fill, over all sets of replicas: a large cluster has many. */
    static final int MOST_WAITING = 8 * BatchLimits.LARGEST;

    private final BatchLimits limits;
    private final Function<BoundStatement, ?> replicas;
    private final Consumer<List<BoundStatement>> sender;
    private final Map<Object, Batch> open = new HashMap<>();
    private int waiting;

    /**
     * @param replicas returns what is equal for rows that the same nodes hold
     * @param sender sends rows in one request; it keeps nothing of the list
     */
    SharedBatches(BatchLimits limits, Function<BoundStatement, ?> replicas, Consumer<List<BoundStatement>> sender) {
        this.limits = limits;
        this.replicas = replicas;
        this.sender = sender;
    }

    /** Adds all rows of one partition. Those that have more bytes than a shared request may have go by themselves. */
    void add(List<BoundStatement> rows) {
        int bytes = rows.stream().mapToInt(EncodedSize::of).sum();
        if (bytes > limits.bytes()) {
            RequestBatch alone = new RequestBatch(BatchLimits.LARGEST, sender);
            rows.forEach(alone::add);
            alone.send();
            return;
        }
        if (waiting + bytes > MOST_WAITING) {
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
