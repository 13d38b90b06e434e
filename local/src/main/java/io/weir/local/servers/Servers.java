package io.weir.local.servers;

import io.weir.core.text.FailureText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/**
 * The Kafka and the Cassandra of one data directory, started together and stopped together.
 *
 * <pre>{@code
 * try (DataDirectory directory = DataDirectory.open(Path.of(".weir"));
 *         Servers servers = Servers.start(home, directory, PortChoice.preferring(9092),
 *                 PortChoice.preferring(9042), System.err::println)) {
 *     servers.kafka().bootstrap();
 *     servers.cassandra().contactPoint();
 * }
 * }</pre>
 */
public final class Servers implements AutoCloseable {

    /** The advice when one of them has ended unexpectedly. */
    public static final String AGAIN = "Run weir up again to resume";

    private final EmbeddedKafka kafka;
    private final EmbeddedCassandra cassandra;

    private Servers(EmbeddedKafka kafka, EmbeddedCassandra cassandra) {
        this.kafka = kafka;
        this.cassandra = cassandra;
    }

    /** Starts both with the smallest heaps. */
    public static Servers start(
            Path home, DataDirectory directory, PortChoice kafka, PortChoice cassandra, Consumer<String> notices) {
        return start(home, directory, kafka, cassandra, Heaps.LEAST, notices);
    }

    /**
     * Starts both at the same time and returns when both answer.
     *
     * @param home a built checkout or an unpacked distribution (system property {@code weir.home})
     * @param notices receives a notice if a port is not the preferred one
     * @throws UnavailableException if one of them does not start; the other is then stopped
     */
    @SuppressWarnings("resource") // Closed here on failure, otherwise by close().
    public static Servers start(
            Path home,
            DataDirectory directory,
            PortChoice kafka,
            PortChoice cassandra,
            Heaps heaps,
            Consumer<String> notices) {
        awaitPredecessor(directory.directory("kafka"), notices);
        awaitPredecessor(directory.directory("cassandra"), notices);
        int kafkaPort = kafka.take("Kafka", "--kafka-port", notices);
        int cassandraPort = cassandra.take("Cassandra", "--cassandra-port", notices);
        // Kafka starts while Cassandra, which takes longer, is starting.
        EmbeddedCassandra slower = EmbeddedCassandra.launch(
                home, directory.directory("cassandra"), directory.log("cassandra"), cassandraPort, heaps);
        try {
            EmbeddedKafka quicker =
                    EmbeddedKafka.start(home, directory.directory("kafka"), directory.log("kafka"), kafkaPort, heaps);
            Servers servers = new Servers(quicker, slower);
            try {
                slower.awaitHealthy();
                return servers;
            } catch (RuntimeException e) {
                quicker.close();
                throw e;
            }
        } catch (RuntimeException e) {
            slower.close();
            throw e;
        }
    }

    /** The servers of a killed Weir hold their ports for a moment until they stop. */
    private static void awaitPredecessor(Path directory, Consumer<String> notices) {
        try {
            Files.createDirectories(directory);
            if (isFree(directory, Duration.ZERO)) {
                return;
            }
            String owner = DirectoryLock.owner(directory);
            notices.accept("Waiting for process " + owner + "of an earlier run to release " + directory);
            if (!isFree(directory, ChildMain.LOCK_LIMIT)) {
                throw new UnavailableException("Process " + owner + " still uses " + directory + " after "
                        + ChildMain.LOCK_LIMIT.toSeconds() + " s. End it, or choose another directory with --data.");
            }
        } catch (IOException e) {
            throw new UnavailableException("Cannot use " + directory + ": " + FailureText.of(e), e);
        }
    }

    private static boolean isFree(Path directory, Duration limit) throws IOException {
        try {
            Optional<DirectoryLock> lock = DirectoryLock.take(directory, limit);
            if (lock.isPresent()) {
                lock.get().close();
            }
            return lock.isPresent();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    public EmbeddedKafka kafka() {
        return kafka;
    }

    public EmbeddedCassandra cassandra() {
        return cassandra;
    }

    /** Completes with the first of the two processes that ends. */
    public CompletableFuture<ChildProcess> onFirstExit() {
        return CompletableFuture.anyOf(
                        kafka.process().onExit().thenApply(code -> kafka.process()),
                        cassandra.process().onExit().thenApply(code -> cassandra.process()))
                .thenApply(ChildProcess.class::cast);
    }

    /** Returns the addresses of these servers, for {@link DataDirectory#publish}. */
    public Addresses addresses(Optional<String> api) {
        return new Addresses(
                kafka.bootstrap(),
                "127.0.0.1:" + cassandra.port(),
                EmbeddedCassandra.LOCAL_DATACENTER,
                api,
                ProcessHandle.current().pid(),
                Addresses.startOfThisProcess(),
                kafka.process().pid(),
                cassandra.process().pid());
    }

    /** Stops both at the same time. Close their clients first. */
    @Override
    public void close() {
        kafka.process().terminate();
        cassandra.process().terminate();
        kafka.close();
        cassandra.close();
    }
}
