package io.weir.metricconsumer.failure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.datastax.oss.driver.api.core.DriverTimeoutException;
import com.datastax.oss.driver.api.core.connection.FrameTooLongException;
import com.datastax.oss.driver.api.core.cql.Row;
import io.weir.core.fold.port.TablesException;
import io.weir.storage.session.Columns;
import io.weir.storage.source.SourceId;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.UncheckedIOException;
import java.lang.reflect.Proxy;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.DisconnectException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.junit.jupiter.api.Test;

class FailureCauseTest {

    private static final RuntimeException TOO_LONG =
            new FrameTooLongException(new InetSocketAddress("127.0.0.1", 9042), "CQL message too large");

    /** No retry completes a row: a transient failure would never count against max-failures. */
    @Test
    void anIncompleteRowIsNotTransient() {
        Row empty = (Row) Proxy.newProxyInstance(
                Row.class.getClassLoader(), new Class<?>[] {Row.class}, (row, method, of) -> null);
        Throwable failure = catchThrowable(() -> Columns.text(empty, "metric"));
        assertThat(failure).isInstanceOf(TablesException.class).hasMessageContaining("a row has no metric");
        assertThat(new FailureCause(failure).isTransient()).isFalse();
    }

    /** Spark aborts a task that was interrupted, and adds what its writer reports then. */
    @Test
    void theFailureBehindAnInterruptCounts() {
        RuntimeException interrupt = new InterruptException("interrupted while waiting for a record");
        assertThat(Thread.interrupted()).as("the exception sets the status").isTrue();
        assertThat(new FailureCause(interrupt).isTransient()).isTrue();
        interrupt.addSuppressed(new SourceFailedException(
                new SourceId(3, "readings", "id", 2, 0), 77, new TablesException("refused", TOO_LONG)));
        FailureCause cause = new FailureCause(new IllegalStateException("job aborted", interrupt));
        assertThat(cause.sourceFailure())
                .hasValueSatisfying(failure -> assertThat(failure.partition()).isEqualTo(2));
        assertThat(cause.isTransient()).isFalse();
        assertThat(cause.message()).isEqualTo("refused (at offset 77 or before it)");
    }

    @Test
    void unavailableAndSlowServersAreTransient() {
        List<Throwable> failures = List.of(
                new KafkaUnavailableException("no answer", null),
                new DisconnectException("gone"),
                new KafkaException("no resolvable bootstrap urls"),
                new TimeoutException("cannot fetch record"),
                new UncheckedIOException(new IOException("No space left on device")),
                new TablesException("interrupted", new InterruptedException()),
                new TablesException("another task has taken over the source"),
                new TablesException("writing readings failed", new DriverTimeoutException("too slow")));
        assertThat(failures).allMatch(e -> new FailureCause(new RuntimeException("job aborted", e)).isTransient());
    }

    @Test
    void refusalsAndBugsArePermanent() {
        List<Throwable> failures = List.of(
                new NullPointerException(),
                new IllegalStateException("the fold is wrong"),
                new TopicAuthorizationException("not allowed"),
                new OutOfMemoryError("Java heap space"),
                new TablesException(
                        "pending records could not be applied", new IllegalStateException("the fold is wrong")),
                new TablesException("writing readings failed", TOO_LONG));
        assertThat(failures).noneMatch(e -> new FailureCause(new RuntimeException("job aborted", e)).isTransient());
    }

    @Test
    void weirsOwnMessageIsPreferred() {
        TablesException own = new TablesException("writing readings failed: too large", TOO_LONG);
        assertThat(new FailureCause(new RuntimeException("job aborted", own)).message())
                .isEqualTo("writing readings failed: too large");
        assertThat(new FailureCause(new RuntimeException("job aborted", new NullPointerException("row"))).message())
                .isEqualTo("java.lang.NullPointerException: row");
    }

    /** Spark drops a task's failure that it cannot serialize, as it would drop an exception of Cassandra's driver. */
    @Test
    void theFailureOfATaskReachesTheDriverWithItsSource() throws Exception {
        SourceId source = new SourceId(3, "readings", "id", 2, 0);
        for (RuntimeException failure : List.of(TOO_LONG, new DriverTimeoutException("too slow"))) {
            FailureCause received = new FailureCause(new RuntimeException(
                    "job aborted",
                    serialized(new SourceFailedException(source, 77, new TablesException("no", failure)))));
            assertThat(received.isTransient()).isEqualTo(failure instanceof DriverTimeoutException);
            assertThat(received.message()).isEqualTo("no (at offset 77 or before it)");
            assertThat(received.sourceFailure()).hasValueSatisfying(in -> {
                assertThat(in.source()).isEqualTo(3);
                assertThat(in.partition()).isEqualTo(2);
            });
        }
    }

    private static Throwable serialized(Throwable failure) throws IOException, ClassNotFoundException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(failure);
        }
        try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
            return (Throwable) in.readObject();
        }
    }
}
