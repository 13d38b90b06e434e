package io.weir.benchmarks.variant;

import com.datastax.oss.driver.api.core.cql.BoundStatement;
import java.util.ArrayList;
import java.util.List;

/** Fills requests to the brim: partitions of a few rows share one, as a single node has them all. */
final class FullRequests {

    private static final int BATCH_ROWS = 200;

    // Of a request that partitions share: a fifth below what the node warns of, counted as Weir counts.
    private static final int BATCH_PARTITIONS = 100;
    private static final int BATCH_BYTES = 64 * 1024;

    private final BatchSender sender;
    private final List<BoundStatement> rows = new ArrayList<>(BATCH_ROWS);
    private int bytes;
    private int mutations;

    FullRequests(BatchSender sender) {
        this.sender = sender;
    }

    /** @param rowBytes about what the node counts for the row in a batch */
    void add(BoundStatement row, int rowBytes) throws InterruptedException {
        if (rows.size() == BATCH_ROWS
                || mutations == BATCH_PARTITIONS
                || (mutations > 0 && bytes + rowBytes > BATCH_BYTES)) {
            sendRest();
        }
        rows.add(row);
        bytes += rowBytes;
    }

    /** The rows of one partition key have all been added. */
    void endMutation() {
        mutations++;
    }

    void sendRest() throws InterruptedException {
        if (!rows.isEmpty()) {
            sender.send(rows);
        }
        rows.clear();
        bytes = 0;
        mutations = 0;
    }
}
