package io.weir.storage.session;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.cql.AsyncResultSet;
import com.datastax.oss.driver.api.core.cql.BoundStatement;
import com.datastax.oss.driver.api.core.cql.ResultSet;
import com.datastax.oss.driver.api.core.cql.Row;
import com.datastax.oss.driver.api.core.cql.Statement;
import com.datastax.oss.driver.api.core.metadata.Node;
import dev.failsafe.Failsafe;
import dev.failsafe.FailsafeException;
import dev.failsafe.FailsafeExecutor;
import dev.failsafe.RetryPolicy;
import dev.failsafe.function.CheckedSupplier;
import io.weir.core.fold.port.StoreEpoch;
import io.weir.core.fold.port.TablesException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Executes all writes and look-ups of the process: limits the requests in flight, in number and in bytes, and retries
 * those that fail with a transient error. Every statement must be safe to repeat. Thread-safe.
 */
public final class RetryingSession {

    private static final long MIN_RETRY_DELAY_MILLIS = 100;
    private static final long MAX_RETRY_DELAY_MILLIS = 3_000;
    private static final double RETRY_JITTER = 0.3;

    private final CqlSession session;
    private final CassandraSettings settings;
    private final StoreEpochs epochs;
    private final CommitLogSync commitLog;
    private final InFlight inFlight;
    private final FailsafeExecutor<Object> retrying;
    private final LongAdder retries = new LongAdder();

    RetryingSession(CqlSession session, CassandraSettings settings) {
        this.session = session;
        this.settings = settings;
        this.epochs = new StoreEpochs(session);
        this.commitLog = new CommitLogSync(session, settings.keyspace(), epochs);
        this.inFlight = new InFlight(
                settings.maxRequestsInFlight(),
                InFlight.bytesFor(Runtime.getRuntime().maxMemory()));
        this.retrying = Failsafe.with(RetryPolicy.builder()
                .handleIf(this::isRetryable)
                .withMaxRetries(-1)
                .withMaxDuration(settings.retryFor())
                .withBackoff(MIN_RETRY_DELAY_MILLIS, MAX_RETRY_DELAY_MILLIS, ChronoUnit.MILLIS)
                .withJitter(RETRY_JITTER)
                .onRetry(attempt -> retries.increment())
                .build());
    }

    /** Returns how often a request was repeated after a transient error, since the session was opened. */
    public long retries() {
        return retries.sum();
    }

    /**
     * Creates a group of requests that succeed or fail together.
     *
     * @param purpose for messages, for example {@code writing readings}
     */
    public WriteGroup group(String purpose) {
        return new WriteGroup(this, purpose);
    }

    /**
     * Executes a statement, with retries, and waits for all of its rows, which must fit in memory. For infrequent
     * statements.
     *
     * @throws TablesException if the statement has failed, or the thread was interrupted
     */
    public List<Row> execute(String purpose, Statement<?> statement) {
        List<Row> rows = new ArrayList<>();
        executeByPage(purpose, statement, rows::add);
        return rows;
    }

    /**
     * Returns the current epoch of the store.
     *
     * @throws TablesException if a node that is up does not respond, or the thread was interrupted
     */
    public StoreEpoch readEpoch() {
        return retry("reading the start generations of Cassandra's nodes", () -> get(epochs.read()));
    }

    /**
     * Calls the supplier, and retries while it fails with a transient error, for as long as the settings allow.
     *
     * @throws TablesException if the last attempt has failed, or the thread was interrupted
     */
    public <T> T retry(String purpose, CheckedSupplier<T> attempt) {
        try {
            return retrying.get(attempt);
        } catch (FailsafeException e) {
            Thread.currentThread().interrupt();
            throw new TablesException(purpose + " was interrupted", e);
        } catch (TablesException e) {
            throw e;
        } catch (RuntimeException e) { // not only the driver's exceptions: a closed session has none of its own
            throw explain(purpose, e);
        }
    }

    /**
     * Executes a statement and passes its rows to a consumer, page by page; each page is retried separately.
     *
     * @throws TablesException if the statement has failed, or the thread was interrupted
     */
    public void executeByPage(String purpose, Statement<?> statement, Consumer<Row> reader) {
        Statement<?> next = statement;
        while (next != null) {
            Statement<?> page = next;
            ResultSet rows = retry(purpose, () -> session.execute(page));
            for (int left = rows.getAvailableWithoutFetching(); left > 0; left--) {
                reader.accept(Objects.requireNonNull(rows.one()));
            }
            ByteBuffer more = rows.getExecutionInfo().getPagingState();
            next = more == null ? null : page.setPagingState(more);
        }
    }

    /**
     * Sends a statement, after waiting while too many requests or bytes are in flight. Passes its rows to {@code
     * consumer}, page by page; then calls {@code done} once, with the failure or null. Both run in the driver's
     * threads.
     *
     * @param responseBytes the maximum size of the response in bytes
     */
    void send(Statement<?> statement, int responseBytes, Consumer<Row> consumer, Consumer<@Nullable Throwable> done)
            throws InterruptedException {
        int acquired = inFlight.acquire(EncodedSize.of(statement) + responseBytes);
        sendPage(session::executeAsync, statement, consumer, releasing(acquired, done));
    }

    /**
     * Sends a write like {@link #send}, but only after every write acknowledged before is in the nodes' synced commit
     * logs. Fails without a retry if the store is in another epoch.
     */
    void sendIn(StoreEpoch epoch, Statement<?> write, Consumer<@Nullable Throwable> done) throws InterruptedException {
        Duration delay = retry("reading how Cassandra syncs its commit log", () -> commitLog.delayIn(epoch));
        Statement<?> once = write.setIdempotent(false); // the driver must not retry it without checking the epoch
        int acquired = inFlight.acquire(EncodedSize.of(write));
        sendPage(
                statement -> afterDelay(delay)
                        .thenCompose(synced -> epochs.require(epoch))
                        .thenCompose(same -> session.executeAsync(statement)),
                once,
                row -> {},
                releasing(acquired, done));
    }

    /**
     * Waits until every acknowledged write is in the nodes' synced commit logs.
     *
     * @throws TablesException if a node has restarted meanwhile, so that writes may be lost, or the thread was
     *     interrupted
     */
    public void awaitSynced() {
        StoreEpoch epoch = readEpoch();
        Duration delay = retry("reading how Cassandra syncs its commit log", () -> commitLog.delayIn(epoch));
        retry(
                "reading the start generations of Cassandra's nodes",
                () -> get(afterDelay(delay).thenCompose(synced -> epochs.require(epoch))));
    }

    private static CompletionStage<?> afterDelay(Duration delay) {
        return delay.isZero()
                ? CompletableFuture.completedFuture(null)
                : CompletableFuture.runAsync(
                        () -> {}, CompletableFuture.delayedExecutor(delay.toMillis(), TimeUnit.MILLISECONDS));
    }

    private Consumer<@Nullable Throwable> releasing(int acquired, Consumer<@Nullable Throwable> done) {
        return failure -> {
            inFlight.release(acquired);
            done.accept(failure);
        };
    }

    /** Returns the replicas of a row; empty if they are unknown. */
    Set<Node> replicasOf(BoundStatement row) {
        ByteBuffer key = row.getRoutingKey();
        return key == null
                ? Set.of()
                : session.getMetadata()
                        .getTokenMap()
                        .map(tokens -> tokens.getReplicas(settings.keyspace(), key))
                        .orElse(Set.of());
    }

    TablesException explain(String purpose, Throwable failure) {
        String reason = String.valueOf(failure.getMessage()).lines().findFirst().orElse("");
        if (!TransientFailures.includes(failure)) {
            return new TablesException(purpose + " failed: " + reason, failure);
        }
        return new TablesException(
                purpose + " failed, after trying for " + settings.retryFor().toSeconds() + " s: " + reason
                        + "; check that Cassandra runs and keeps up",
                failure);
    }

    private static CompletionStage<AsyncResultSet> begin(Attempt attempt, Statement<?> statement) {
        try {
            return attempt.at(statement);
        } catch (Throwable e) { // an error as well: in a thread of the driver, nobody else would notice it
            return CompletableFuture.failedFuture(e);
        }
    }

    /** Waits, and throws the original exception if the stage has failed. */
    static <T> T get(CompletionStage<T> stage) throws InterruptedException {
        try {
            return stage.toCompletableFuture().get();
        } catch (ExecutionException e) {
            throw e.getCause() instanceof RuntimeException failure ? failure : new IllegalStateException(e.getCause());
        }
    }

    private boolean isRetryable(Throwable failure) {
        return TransientFailures.includes(failure) && !session.isClosed();
    }

    /** Executes one page, which is retried separately; all pages together count as one request in flight. */
    private void sendPage(
            Attempt attempt, Statement<?> statement, Consumer<Row> consumer, Consumer<@Nullable Throwable> done) {
        begin(attempt, statement).whenComplete((answer, failure) -> {
            if (failure != null && isRetryable(failure)) {
                retries.increment();
                CompletionStage<AsyncResultSet> later =
                        begin(page -> retrying.getStageAsync(() -> begin(attempt, page)), statement);
                later.whenComplete(
                        (late, lastFailure) -> takePage(attempt, statement, late, lastFailure, consumer, done));
            } else {
                takePage(attempt, statement, answer, failure, consumer, done);
            }
        });
    }

    private void takePage(
            Attempt attempt,
            Statement<?> statement,
            @Nullable AsyncResultSet answer,
            @Nullable Throwable failure,
            Consumer<Row> consumer,
            Consumer<@Nullable Throwable> done) {
        Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
        ByteBuffer more = null;
        if (answer != null) {
            try {
                answer.currentPage().forEach(consumer);
                more = answer.getExecutionInfo().getPagingState();
            } catch (Throwable unreadable) { // an error as well: the group would wait forever
                cause = unreadable;
            }
        }
        if (more == null) {
            done.accept(cause);
        } else {
            sendPage(attempt, statement.setPagingState(more), consumer, done);
        }
    }

    /** One attempt to execute a statement. */
    private interface Attempt {
        CompletionStage<AsyncResultSet> at(Statement<?> statement);
    }
}
