package io.weir.storage;

import com.datastax.oss.driver.api.core.cql.BoundStatement;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Gathers the rows of one request, up to so many encoded bytes. For one thread. */
final class RequestBatch {

    private final int maxBytes;
    private final Consumer<List<BoundStatement>> sender;
    private final List<BoundStatement> rows = new ArrayList<>();
    private int bytes;

    /** @param sender sends rows in one request; it keeps nothing of the list */
    RequestBatch(int maxBytes, Consumer<List<BoundStatement>> sender) {
        this.maxBytes = maxBytes;
        this.sender = sender;
    }

    /** Adds a row, after sending those before it where the request would become too large. */
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

    /** Sends what was added since, if anything. */
    void send() {
        if (!rows.isEmpty()) {
            sender.accept(rows);
            rows.clear();
            bytes = 0;
        }
    }
}
