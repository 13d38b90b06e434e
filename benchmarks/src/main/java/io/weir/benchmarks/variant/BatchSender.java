package io.weir.benchmarks.variant;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.cql.BatchStatement;
import com.datastax.oss.driver.api.core.cql.BoundStatement;
import com.datastax.oss.driver.api.core.cql.DefaultBatchType;
import com.datastax.oss.driver.api.core.cql.Statement;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** Sends rows together in one request, so many requests at a time. Thread-safe. */
final class BatchSender {

    private static final int IN_FLIGHT = 128;

    private final CqlSession session;
    private final Semaphore free = new Semaphore(IN_FLIGHT);
    private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();

    BatchSender(CqlSession session) {
        this.session = session;
    }

    /** Sends them, after waiting while too many requests are under way; keeps nothing of the list. */
    void send(List<BoundStatement> rows) throws InterruptedException {
        free.acquire();
        Statement<?> request = rows.size() == 1
                ? rows.get(0)
                : BatchStatement.newInstance(DefaultBatchType.UNLOGGED).addAll(rows);
        session.executeAsync(request).whenComplete((answer, e) -> {
            if (e != null) {
                failure.compareAndSet(null, e);
            }
            free.release();
        });
    }

    /** Waits until all is durable that this thread has sent. */
    void await() throws InterruptedException {
        free.acquire(IN_FLIGHT);
        free.release(IN_FLIGHT);
        Throwable first = failure.get();
        if (first != null) {
            throw new IllegalStateException("Cassandra has not taken what was sent", first);
        }
    }
}
