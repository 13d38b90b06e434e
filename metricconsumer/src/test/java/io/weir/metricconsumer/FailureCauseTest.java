package io.weir.metricconsumer;

import static org.assertj.core.api.Assertions.assertThat;

import com.datastax.oss.driver.api.core.DriverTimeoutException;
import com.datastax.oss.driver.api.core.connection.FrameTooLongException;
import io.weir.core.fold.TablesException;
import io.weir.storage.SourceId;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.DisconnectException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.junit.jupiter.api.Test;

class FailureCauseTest {

    private static final RuntimeException TOO_LONG =
            new FrameTooLongException(new InetSocketAddress("127.0.0.1", 9042), "CQL message too large");

    @Test
    void serversThatAreAwayOrSlowMayPass() {
        List<Throwable> passing = List.of(
                new KafkaUnavailableException("no answer", null),
                new DisconnectException("gone"),
                new KafkaException("no resolvable bootstrap urls"),
                new TimeoutException("cannot fetch record"),
                new UncheckedIOException(new IOException("No space left on device")),
                new TablesException("interrupted", new InterruptedException()),
                new TablesException("another task has taken over the source"),
                new TablesException("writing readings failed", new DriverTimeoutException("too slow")));
        assertThat(passing).allMatch(e -> new FailureCause(new RuntimeException("job aborted", e)).mayPass());
    }

    @Test
    void refusalsAndOwnFaultsStay() {
        List<Throwable> lasting = List.of(
                new NullPointerException(),
                new IllegalStateException("the fold is wrong"),
                new TopicAuthorizationException("not allowed"),
                new OutOfMemoryError("Java heap space"),
                new TablesException(
                        "what had come could not be applied", new IllegalStateException("the fold is wrong")),
                new TablesException("writing readings failed", TOO_LONG));
        assertThat(lasting).noneMatch(e -> new FailureCause(new RuntimeException("job aborted", e)).mayPass());
    }

    @Test
    void theMessageIsInOurWordsWhereThereAreSome() {
        TablesException ours = new TablesException("writing readings failed: too large", TOO_LONG);
        assertThat(new FailureCause(new RuntimeException("job aborted", ours)).message())
                .isEqualTo("writing readings failed: too large");
        assertThat(new FailureCause(new RuntimeException("job aborted", new NullPointerException("row"))).message())
                .isEqualTo("java.lang.NullPointerException: row");
    }

    /** Spark drops a failure of a task that it cannot send to the driver, as it would Cassandra's own. */
    @Test
    void whatATaskSaysOfItsSourceReachesTheDriver() throws Exception {
        SourceId source = new SourceId(3, "readings", "id", 2, 0);
        for (RuntimeException failure : List.of(TOO_LONG, new DriverTimeoutException("too slow"))) {
            FailureCause told = new FailureCause(new RuntimeException(
                    "job aborted", sent(new SourceFailedException(source, 77, new TablesException("no", failure)))));
            assertThat(told.mayPass()).isEqualTo(failure instanceof DriverTimeoutException);
            assertThat(told.message()).isEqualTo("no (at offset 77 or before it)");
            assertThat(told.inSource()).hasValueSatisfying(in -> {
                assertThat(in.source()).isEqualTo(3);
                assertThat(in.partition()).isEqualTo(2);
            });
        }
    }

    private static Throwable sent(Throwable failure) throws IOException, ClassNotFoundException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(failure);
        }
        try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
            return (Throwable) in.readObject();
        }
    }
}
