package io.weir.storage.session;

import com.datastax.oss.driver.api.core.cql.BatchStatement;
import com.datastax.oss.driver.api.core.cql.BoundStatement;
import com.datastax.oss.driver.api.core.cql.DefaultBatchType;
import com.datastax.oss.driver.api.core.cql.Row;
import com.datastax.oss.driver.api.core.cql.Statement;
import com.datastax.oss.driver.api.core.metadata.Node;
import io.weir.core.fold.port.PendingWrite;
import io.weir.core.fold.port.StoreEpoch;
import io.weir.core.fold.port.TablesException;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A group of requests that succeed or fail together. One thread sends them and waits; the driver's threads complete
 * them.
 */
public final class WriteGroup implements PendingWrite {

    private final RetryingSession requests;
    private final String purpose;

    private int inFlight;
    private @Nullable Throwable failure;

    /** @param purpose for messages, for example {@code writing readings} */
    WriteGroup(RetryingSession requests, String purpose) {
        this.requests = requests;
        this.purpose = purpose;
    }

    /** Sends a statement whose response is ignored. */
    public void send(Statement<?> statement) {
        send(statement, 0, WriteGroup::ignore);
    }

    /** Sends rows in one request; does not keep the list. */
    public void send(List<BoundStatement> rows) {
        send(
                rows.size() == 1
                        ? rows.get(0)
                        : BatchStatement.newInstance(DefaultBatchType.UNLOGGED).addAll(rows));
    }

    /** Returns the replicas of a row; empty if they are unknown. */
    public Set<Node> replicasOf(BoundStatement row) {
        return requests.replicasOf(row);
    }

    /**
     * Sends one more request, after waiting while the process has too many requests or bytes in flight. All rows of the
     * response are passed to the consumer, by the driver's threads, before {@link #await} returns.
     *
     * @param responseBytes the maximum size of the response in bytes
     * @throws TablesException if a request of the group has failed, or the thread was interrupted
     */
    public void send(Statement<?> statement, int responseBytes, Consumer<Row> consumer) {
        send(() -> requests.send(statement, responseBytes, consumer, this::complete));
    }

    /** Sends a write that fails if the store is in another epoch. */
    public void sendIn(StoreEpoch epoch, Statement<?> write) {
        send(() -> requests.sendIn(epoch, write, this::complete));
    }

    /** Counts a request in flight. A request that cannot be sent fails the group, or {@link #await} would not end. */
    private void send(Request request) {
        begin();
        try {
            request.send();
        } catch (InterruptedException e) {
            complete(e);
            throw interrupted(e);
        } catch (RuntimeException | Error e) {
            complete(e);
            throw e;
        }
    }

    private synchronized void begin() {
        requireNoFailure();
        inFlight++;
    }

    @Override
    public synchronized boolean isDurable() {
        requireNoFailure();
        return inFlight == 0;
    }

    @Override
    public synchronized void await() {
        try {
            while (inFlight > 0 && failure == null) {
                wait();
            }
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
        requireNoFailure();
    }

    private synchronized void complete(@Nullable Throwable cause) {
        inFlight--;
        if (cause != null && failure == null) {
            failure = cause;
        }
        if (inFlight == 0 || failure != null) {
            notifyAll();
        }
    }

    private static void ignore(Row row) {}

    private void requireNoFailure() {
        if (failure != null) {
            throw requests.explain(purpose, failure);
        }
    }

    private TablesException interrupted(InterruptedException e) {
        Thread.currentThread().interrupt();
        return new TablesException(purpose + " was interrupted", e);
    }

    /** A request, which calls {@link #complete} once when it has been sent. */
    private interface Request {
        void send() throws InterruptedException;
    }
}
