package io.weir.storage;

import com.datastax.oss.driver.api.core.cql.BoundStatement;
import com.datastax.oss.driver.api.core.metadata.Node;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Writes partitions of a row or a few in shared requests, each for partitions of the same replicas, so that the node
 * which is asked holds all of them.
 */
final class SharedBatches {

    /** What a node counts for a cell besides its value: about 14 bytes in a rollup. */
    private static final int CELL_OVERHEAD = 16;

    private final RequestGroup group;
    private final BatchLimits limits;
    private final Map<Set<Node>, Batch> open = new HashMap<>();

    SharedBatches(RequestGroup group, BatchLimits limits) {
        this.group = group;
        this.limits = limits;
    }

    /** Adds all rows of one partition. */
    void add(List<BoundStatement> rows) {
        int bytes = rows.stream().mapToInt(SharedBatches::bytesOf).sum();
        Batch batch = open.computeIfAbsent(group.replicasOf(rows.get(0)), replicas -> new Batch());
        if (batch.partitions == limits.partitions() || batch.bytes + bytes > limits.bytes()) {
            batch.send();
        }
        batch.rows.addAll(rows);
        batch.bytes += bytes;
        batch.partitions++;
    }

    void sendRest() {
        open.values().forEach(Batch::send);
    }

    private static int bytesOf(BoundStatement row) {
        int bytes = 0;
        for (ByteBuffer value : row.getValues()) {
            bytes += CELL_OVERHEAD + (value == null ? 0 : value.remaining());
        }
        return bytes;
    }

    private final class Batch {

        private final List<BoundStatement> rows = new ArrayList<>();
        private int partitions;
        private int bytes;

        void send() {
            if (!rows.isEmpty()) {
                group.send(rows);
            }
            rows.clear();
            partitions = 0;
            bytes = 0;
        }
    }
}
