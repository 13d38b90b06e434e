package io.weir.storage;

import com.datastax.oss.driver.api.core.AllNodesFailedException;
import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.DriverException;
import com.datastax.oss.driver.api.core.DriverTimeoutException;
import com.datastax.oss.driver.api.core.RequestThrottlingException;
import com.datastax.oss.driver.api.core.connection.ClosedConnectionException;
import com.datastax.oss.driver.api.core.connection.ConnectionInitException;
import com.datastax.oss.driver.api.core.connection.HeartbeatException;
import com.datastax.oss.driver.api.core.cql.AsyncResultSet;
import com.datastax.oss.driver.api.core.cql.BoundStatement;
import com.datastax.oss.driver.api.core.cql.ResultSet;
import com.datastax.oss.driver.api.core.cql.Row;
import com.datastax.oss.driver.api.core.cql.Statement;
import com.datastax.oss.driver.api.core.metadata.Node;
import com.datastax.oss.driver.api.core.servererrors.BootstrappingException;
import com.datastax.oss.driver.api.core.servererrors.OverloadedException;
import com.datastax.oss.driver.api.core.servererrors.QueryConsistencyException;
import com.datastax.oss.driver.api.core.servererrors.ServerError;
import com.datastax.oss.driver.api.core.servererrors.UnavailableException;
import dev.failsafe.Failsafe;
import dev.failsafe.FailsafeException;
import dev.failsafe.FailsafeExecutor;
import dev.failsafe.RetryPolicy;
import dev.failsafe.function.CheckedSupplier;
import io.weir.core.fold.StoreEpoch;
import io.weir.core.fold.TablesException;
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
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The way to Cassandra for everything that writes or looks up: bounds the requests under way in the whole process, in
 * number and in bytes, and tries those again that failed for a reason that may pass. Every statement must bear
 * repetition. Thread-safe.
 */
final class Requests {

    private static final long FIRST_PAUSE_MILLIS = 100;
    private static final long LONGEST_PAUSE_MILLIS = 3_000;
    private static final double PAUSES_VARY_BY = 0.3;

    private final CqlSession session;
    private final CassandraSettings settings;
    private final StoreEpochs epochs;
    private final CommitLogSync commitLog;
    private final InFlight inFlight;
    private final FailsafeExecutor<Object> again;

    Requests(CqlSession session, CassandraSettings settings) {
        this.session = session;
        this.settings = settings;
        this.epochs = new StoreEpochs(session);
        this.commitLog = new CommitLogSync(session, settings.keyspace());
        this.inFlight = new InFlight(
                settings.maxRequestsInFlight(),
                InFlight.bytesFor(Runtime.getRuntime().maxMemory()));
        this.again = Failsafe.with(RetryPolicy.builder()
                .handleIf(this::isWorthAnother)
                .withMaxRetries(-1)
                .withMaxDuration(settings.retryFor())
                .withBackoff(FIRST_PAUSE_MILLIS, LONGEST_PAUSE_MILLIS, ChronoUnit.MILLIS)
                .withJitter(PAUSES_VARY_BY)
                .build());
    }

    /** Begins requests that succeed or fail together. */
    RequestGroup group(String purpose) {
        return new RequestGroup(this, purpose);
    }

    /**
     * Sends one statement and waits for all of its rows, which fit in memory; for what is seldom done.
     *
     * @throws TablesException if it has failed, or the thread was interrupted
     */
    List<Row> ask(String purpose, Statement<?> statement) {
        List<Row> rows = new ArrayList<>();
        askByPage(purpose, statement, rows::add);
        return rows;
    }

    /**
     * Returns the epoch that the store is in.
     *
     * @throws TablesException if a node that is up does not answer, or the thread was interrupted
     */
    StoreEpoch readEpoch() {
        return answer("asking Cassandra's nodes when they started", () -> get(epochs.ask()));
    }

    /**
     * Asks until there is an answer, or for as long as failed requests are repeated.
     *
     * @throws TablesException if it has failed, or the thread was interrupted
     */
    <T> T answer(String purpose, CheckedSupplier<T> question) {
        try {
            return again.get(question);
        } catch (FailsafeException e) {
            Thread.currentThread().interrupt();
            throw new TablesException(purpose + " was interrupted", e);
        } catch (DriverException e) {
            throw explain(purpose, e);
        }
    }

    /**
     * Sends one statement and passes its rows on, page by page; each page is tried again by itself.
     *
     * @throws TablesException if it has failed, or the thread was interrupted
     */
    void askByPage(String purpose, Statement<?> statement, Consumer<Row> reader) {
        Statement<?> next = statement;
        while (next != null) {
            Statement<?> page = next;
            ResultSet rows = answer(purpose, () -> session.execute(page));
            for (int left = rows.getAvailableWithoutFetching(); left > 0; left--) {
                reader.accept(Objects.requireNonNull(rows.one()));
            }
            ByteBuffer more = rows.getExecutionInfo().getPagingState();
            next = more == null ? null : page.setPagingState(more);
        }
    }

    /**
     * Sends the statement, after waiting while too many, or too many bytes, are under way. Its rows go to {@code
     * taker}, page after page; then {@code done} is called, once, with what went wrong. Both run in the driver's
     * threads.
     *
     * @param answerBytes the most bytes that the answer may have
     */
    void send(Statement<?> statement, int answerBytes, Consumer<Row> taker, Consumer<@Nullable Throwable> done)
            throws InterruptedException {
        int acquired = inFlight.acquire(EncodedSize.of(statement) + answerBytes);
        sendPage(session::executeAsync, statement, taker, released(acquired, done));
    }

    /**
     * Sends a write as {@link #send}, but when all that was acknowledged before is in the nodes' commit logs, and fails
     * without another attempt once the store is in another epoch.
     */
    void sendIn(StoreEpoch epoch, Statement<?> write, Consumer<@Nullable Throwable> done) throws InterruptedException {
        Duration delay = answer("asking Cassandra how it syncs its commit log", () -> commitLog.delayIn(epoch));
        Statement<?> once = write.setIdempotent(false); // otherwise the driver would repeat it without asking
        int acquired = inFlight.acquire(EncodedSize.of(write));
        sendPage(
                statement -> after(delay)
                        .thenCompose(synced -> epochs.require(epoch))
                        .thenCompose(same -> session.executeAsync(statement)),
                once,
                row -> {},
                released(acquired, done));
    }

    /**
     * Waits until all that was acknowledged is in the nodes' synced commit logs.
     *
     * @throws TablesException if a node has restarted meanwhile, so that it may not be, or the thread was interrupted
     */
    void awaitSynced() {
        StoreEpoch epoch = readEpoch();
        Duration delay = answer("asking Cassandra how it syncs its commit log", () -> commitLog.delayIn(epoch));
        answer(
                "asking Cassandra's nodes when they started",
                () -> get(after(delay).thenCompose(synced -> epochs.require(epoch))));
    }

    private static CompletionStage<?> after(Duration delay) {
        return delay.isZero()
                ? CompletableFuture.completedFuture(null)
                : CompletableFuture.runAsync(
                        () -> {}, CompletableFuture.delayedExecutor(delay.toMillis(), TimeUnit.MILLISECONDS));
    }

    private Consumer<@Nullable Throwable> released(int acquired, Consumer<@Nullable Throwable> done) {
        return wrong -> {
            inFlight.release(acquired);
            done.accept(wrong);
        };
    }

    /** Returns the nodes that hold the row; none while they are not known. */
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
        if (!mayPass(failure)) {
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
        } catch (RuntimeException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    /** Waits, and throws what has failed as it is. */
    private static <T> T get(CompletionStage<T> stage) throws InterruptedException {
        try {
            return stage.toCompletableFuture().get();
        } catch (ExecutionException e) {
            throw e.getCause() instanceof RuntimeException failure ? failure : new IllegalStateException(e.getCause());
        }
    }

    private boolean isWorthAnother(Throwable failure) {
        return mayPass(failure) && !session.isClosed();
    }

    /** Each page is tried again by itself; all of them count as one request. */
    private void sendPage(
            Attempt attempt, Statement<?> statement, Consumer<Row> taker, Consumer<@Nullable Throwable> done) {
        begin(attempt, statement).whenComplete((answer, failure) -> {
            if (failure != null && isWorthAnother(failure)) {
                CompletionStage<AsyncResultSet> later = again.getStageAsync(() -> begin(attempt, statement));
                later.whenComplete((late, lastFailure) -> takePage(attempt, statement, late, lastFailure, taker, done));
            } else {
                takePage(attempt, statement, answer, failure, taker, done);
            }
        });
    }

    private void takePage(
            Attempt attempt,
            Statement<?> statement,
            @Nullable AsyncResultSet answer,
            @Nullable Throwable failure,
            Consumer<Row> taker,
            Consumer<@Nullable Throwable> done) {
        Throwable wrong = failure instanceof CompletionException ? failure.getCause() : failure;
        ByteBuffer more = null;
        if (answer != null) {
            try {
                answer.currentPage().forEach(taker);
                more = answer.getExecutionInfo().getPagingState();
            } catch (RuntimeException unreadable) {
                wrong = unreadable;
            }
        }
        if (more == null) {
            done.accept(wrong);
        } else {
            sendPage(attempt, statement.setPagingState(more), taker, done);
        }
    }

    static boolean mayPass(Throwable failure) {
        Throwable e =
                failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        return e instanceof DriverException
                && (e instanceof DriverTimeoutException
                        || e instanceof AllNodesFailedException
                        || e instanceof QueryConsistencyException
                        || e instanceof UnavailableException
                        || e instanceof OverloadedException
                        || e instanceof BootstrappingException
                        || e instanceof ServerError
                        || e instanceof ClosedConnectionException
                        || e instanceof ConnectionInitException
                        || e instanceof HeartbeatException
                        || e instanceof RequestThrottlingException);
    }

    /** One attempt to have a statement executed. */
    private interface Attempt {
        CompletionStage<AsyncResultSet> at(Statement<?> statement);
    }
}
