package io.weir.storage.session;

import com.datastax.oss.driver.api.core.cql.BoundStatement;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Collects the rows of one request, up to a number of bytes. For one thread. */
final class RequestBatch {

    private final int maxBytes;
    private final Consumer<List<BoundStatement>> sender;
    private final List<BoundStatement> rows = new ArrayList<>();
    private int bytes;

    /** @param sender sends rows in one request; must not keep the list */
    RequestBatch(int maxBytes, Consumer<List<BoundStatement>> sender) {
        this.maxBytes = maxBytes;
        this.sender = sender;
    }

    /**
     * Adds a row; sends the rows before it first if the request would become too large.
     *
     * @throws IllegalStateException if the row alone is too large
     */
    void add(BoundStatement row) {
        int size = EncodedSize.of(row);
        if (size > maxBytes) {
            throw new IllegalStateException("a row has " + size + " bytes, a request at most " + maxBytes
                    + ": a column is longer than its bound");
        }
        if (!hasRoomFor(size)) {
            send();
        }
        rows.add(row);
        bytes += size;
    }

    boolean hasRoomFor(int more) {
        return bytes + more <= maxBytes;
    }

    int bytes() {
        return bytes;
    }

    /** Sends the added rows, if any. */
    void send() {
        if (!rows.isEmpty()) {
            sender.accept(rows);
            rows.clear();
            bytes = 0;
        }
    }
}
