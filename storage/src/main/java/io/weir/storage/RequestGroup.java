package io.weir.storage;

import com.datastax.oss.driver.api.core.cql.BatchStatement;
import com.datastax.oss.driver.api.core.cql.BoundStatement;
import com.datastax.oss.driver.api.core.cql.DefaultBatchType;
import com.datastax.oss.driver.api.core.cql.Row;
import com.datastax.oss.driver.api.core.cql.Statement;
import com.datastax.oss.driver.api.core.metadata.Node;
import io.weir.core.fold.PendingWrite;
import io.weir.core.fold.StoreEpoch;
import io.weir.core.fold.TablesException;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Requests that succeed or fail together. One thread sends them and waits. */
final class RequestGroup implements PendingWrite {

    private final Requests requests;
    private final String purpose;

    private int underWay;
    private @Nullable Throwable failure;

    /** The purpose is for messages, for example {@code writing readings}. */
    RequestGroup(Requests requests, String purpose) {
        this.requests = requests;
        this.purpose = purpose;
    }

    /** Sends a statement whose answer does not matter. */
    void send(Statement<?> statement) {
        send(statement, 0, RequestGroup::ignore);
    }

    /** Sends rows in one request; it keeps nothing of the list. */
    void send(List<BoundStatement> rows) {
        send(
                rows.size() == 1
                        ? rows.get(0)
                        : BatchStatement.newInstance(DefaultBatchType.UNLOGGED).addAll(rows));
    }

    /** Returns the nodes that hold the row; none while they are not known. */
    Set<Node> replicasOf(BoundStatement row) {
        return requests.replicasOf(row);
    }

    /**
     * Sends one more, after waiting while too many of the process, or too many bytes, are under way. All rows of its
     * answer are taken, by the driver's threads, before {@link #await} returns.
     *
     * @param answerBytes the most bytes that the answer may have
     * @throws TablesException if one of the group has failed, or the thread was interrupted
     */
    void send(Statement<?> statement, int answerBytes, Consumer<Row> taker) {
        begin();
        try {
            requests.send(statement, answerBytes, taker, this::done);
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    /** Sends a write that fails once the store is in another epoch. */
    void sendIn(StoreEpoch epoch, Statement<?> write) {
        begin();
        try {
            requests.sendIn(epoch, write, this::done);
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    private synchronized void begin() {
        requireNoFailure();
        underWay++;
    }

    @Override
    public synchronized boolean isDurable() {
        requireNoFailure();
        return underWay == 0;
    }

    @Override
    public synchronized void await() {
        try {
            while (underWay > 0 && failure == null) {
                wait();
            }
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
        requireNoFailure();
    }

    private synchronized void done(@Nullable Throwable wrong) {
        underWay--;
        if (wrong != null && failure == null) {
            failure = wrong;
        }
        if (underWay == 0 || failure != null) {
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
}
