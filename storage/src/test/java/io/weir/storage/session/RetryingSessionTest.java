package io.weir.storage.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.DriverTimeoutException;
import com.datastax.oss.driver.api.core.connection.FrameTooLongException;
import com.datastax.oss.driver.api.core.cql.AsyncResultSet;
import com.datastax.oss.driver.api.core.cql.BoundStatement;
import com.datastax.oss.driver.api.core.cql.ExecutionInfo;
import com.datastax.oss.driver.api.core.cql.Row;
import com.datastax.oss.driver.api.core.cql.SimpleStatement;
import com.datastax.oss.driver.api.core.cql.Statement;
import io.weir.core.fold.port.TablesException;
import java.lang.reflect.Proxy;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Sends the requests of groups to a session whose answers a test sets. */
@Timeout(20)
class RetryingSessionTest {

    private static final CassandraSettings SETTINGS = new CassandraSettings(
            CassandraSettings.DEFAULT.contactPoints(),
            null,
            "weir",
            null,
            Duration.ofSeconds(1),
            Duration.ofSeconds(1),
            Duration.ofSeconds(10),
            1, // one request in flight: the next one waits until the one before has released its place
            100);
    private static final BoundStatement STATEMENT = BoundRows.of(8);
    private static final RuntimeException TOO_LONG =
            new FrameTooLongException(new InetSocketAddress("127.0.0.1", 9042), "CQL message too large");

    /** The answers to the next requests, in order. */
    private final BlockingQueue<Supplier<CompletionStage<AsyncResultSet>>> answers = new LinkedBlockingQueue<>();

    private final List<Statement<?>> sent = new CopyOnWriteArrayList<>();
    private final RetryingSession session = new RetryingSession(
            (CqlSession) Proxy.newProxyInstance(
                    CqlSession.class.getClassLoader(),
                    new Class<?>[] {CqlSession.class},
                    (proxy, method, args) -> switch (method.getName()) {
                        case "executeAsync" -> {
                            sent.add((Statement<?>) args[0]);
                            yield answers.remove().get();
                        }
                        case "isClosed" -> false;
                        default -> throw new UnsupportedOperationException(method.getName());
                    }),
            SETTINGS);
    private final WriteGroup group = session.group("writing readings");

    @AfterEach
    void clearInterruptStatus() {
        Thread.interrupted();
    }

    @Test
    void allPagesAreRead() {
        answer(page(2, true));
        answer(page(1, true));
        answer(page(0, false));
        List<Row> rows = new ArrayList<>();
        group.send(STATEMENT, 0, rows::add);
        group.await();
        assertThat(rows).hasSize(3);
        assertThat(sent).hasSize(3);
        assertThat(group.isDurable()).isTrue();
    }

    @Test
    void aGroupWaitsForItsRequests() {
        CompletableFuture<AsyncResultSet> open = new CompletableFuture<>();
        answers.add(() -> open);
        group.send(STATEMENT);
        assertThat(group.isDurable()).isFalse();
        open.complete(page(0, false));
        assertThat(group.isDurable()).isTrue();
        group.await();
    }

    @Test
    void transientFailuresAreRetried() {
        fail(new DriverTimeoutException("too slow"));
        fail(new DriverTimeoutException("too slow"));
        answer(page(0, false));
        group.send(STATEMENT);
        group.await();
        assertThat(sent).hasSize(3);
        assertNextIsSent();
    }

    @Test
    void aPermanentFailureFailsTheGroupAtOnce() {
        fail(TOO_LONG);
        group.send(STATEMENT);
        assertThatThrownBy(group::await)
                .isInstanceOf(TablesException.class)
                .hasMessageStartingWith("writing readings failed: CQL message too large")
                .hasCause(TOO_LONG);
        assertThatThrownBy(group::isDurable).isInstanceOf(TablesException.class);
        assertThatThrownBy(() -> group.send(STATEMENT)).isInstanceOf(TablesException.class);
        assertThat(sent).hasSize(1);
        assertNextIsSent();
    }

    @Test
    void anExceptionOfTheSessionFailsTheGroup() {
        answers.add(() -> {
            throw TOO_LONG;
        });
        group.send(STATEMENT);
        assertThatThrownBy(group::await).hasCause(TOO_LONG);
        assertNextIsSent();
    }

    @Test
    void anErrorOfTheSessionFailsTheGroup() {
        answers.add(() -> {
            throw new StackOverflowError();
        });
        group.send(STATEMENT);
        assertThatThrownBy(group::await).hasCauseInstanceOf(StackOverflowError.class);
        assertNextIsSent();
    }

    @Test
    void aRowThatCannotBeReadFailsTheGroup() {
        answer(page(1, true));
        RuntimeException unreadable = new IllegalStateException("a row has no metric");
        group.send(STATEMENT, 0, row -> {
            throw unreadable;
        });
        assertThatThrownBy(group::await).hasCause(unreadable);
        assertThat(sent).as("no further page").hasSize(1);
        assertNextIsSent();
    }

    /** The driver's threads keep an error of a callback to themselves: the group would wait forever. */
    @Test
    void anErrorWhileARowIsReadFailsTheGroup() {
        answer(page(1, false));
        group.send(STATEMENT, 0, row -> {
            throw new OutOfMemoryError("Java heap space");
        });
        assertThatThrownBy(group::await).hasCauseInstanceOf(OutOfMemoryError.class);
        assertNextIsSent();
    }

    @Test
    void anErrorOfTheSessionAtALaterPageFailsTheGroup() {
        answer(page(1, true));
        answers.add(() -> {
            throw new StackOverflowError();
        });
        group.send(STATEMENT, 0, row -> {});
        assertThatThrownBy(group::await).hasCauseInstanceOf(StackOverflowError.class);
        assertNextIsSent();
    }

    @Test
    void aThreadThatIsInterruptedWhileItWaitsToSendFailsTheGroup() {
        CompletableFuture<AsyncResultSet> open = new CompletableFuture<>();
        answers.add(() -> open);
        group.send(STATEMENT);
        Thread.currentThread().interrupt();
        assertThatThrownBy(() -> group.send(STATEMENT))
                .isInstanceOf(TablesException.class)
                .hasMessage("writing readings was interrupted");
        assertThat(Thread.interrupted()).as("kept").isTrue();
        open.complete(page(0, false));
        assertThatThrownBy(group::await)
                .as("does not wait for a request that was never sent")
                .isInstanceOf(TablesException.class);
    }

    @Test
    void aThreadThatIsInterruptedWhileItWaitsForAGroupStaysInterrupted() {
        answers.add(CompletableFuture::new);
        group.send(STATEMENT);
        Thread.currentThread().interrupt();
        assertThatThrownBy(group::await)
                .isInstanceOf(TablesException.class)
                .hasMessage("writing readings was interrupted");
        assertThat(Thread.interrupted()).isTrue();
    }

    @Test
    void aStatementOfUnknownSizeFailsTheGroup() {
        Statement<?> unknown = SimpleStatement.newInstance("SELECT");
        assertThatThrownBy(() -> group.send(unknown)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(group::await).isInstanceOf(TablesException.class);
        assertNextIsSent();
    }

    private void assertNextIsSent() {
        answer(page(0, false));
        WriteGroup next = session.group("the next");
        next.send(STATEMENT);
        next.await();
    }

    private void answer(AsyncResultSet page) {
        answers.add(() -> CompletableFuture.completedFuture(page));
    }

    private void fail(Throwable failure) {
        answers.add(() -> CompletableFuture.failedFuture(failure));
    }

    private static AsyncResultSet page(int rows, boolean hasMore) {
        ExecutionInfo info = proxy(ExecutionInfo.class, "getPagingState", hasMore ? ByteBuffer.allocate(1) : null);
        List<Row> page = new ArrayList<>();
        for (int i = 0; i < rows; i++) {
            page.add(proxy(Row.class, "", null));
        }
        return (AsyncResultSet) Proxy.newProxyInstance(
                AsyncResultSet.class.getClassLoader(),
                new Class<?>[] {AsyncResultSet.class},
                (proxy, method, args) -> switch (method.getName()) {
                    case "currentPage" -> page;
                    case "getExecutionInfo" -> info;
                    default -> throw new UnsupportedOperationException(method.getName());
                });
    }

    /** Returns an object with one method. */
    private static <T> T proxy(Class<T> type, String answered, @Nullable Object answer) {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, (proxy, method, args) -> {
            if (method.getName().equals(answered)) {
                return answer;
            }
            throw new UnsupportedOperationException(method.getName());
        }));
    }
}
