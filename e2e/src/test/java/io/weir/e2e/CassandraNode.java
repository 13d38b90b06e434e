package io.weir.e2e;

import io.weir.local.servers.EmbeddedCassandra;
import io.weir.local.servers.PortChoice;
import io.weir.storage.CassandraConnection;
import io.weir.storage.CassandraSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;

/**
 * One Cassandra for all tests of a run that leave it as it was but for their own keyspace. With the system property
 * {@code weir.test.cassandra=host:port} it is one that runs already.
 */
final class CassandraNode implements BeforeAllCallback {

    private static final Namespace NAMESPACE = Namespace.create(CassandraNode.class);

    private InetSocketAddress address = InetSocketAddress.createUnresolved("not-started", 0);

    @Override
    public void beforeAll(ExtensionContext context) {
        address = context.getRoot()
                .getStore(NAMESPACE)
                .computeIfAbsent("node", key -> new Node(), Node.class)
                .address();
    }

    InetSocketAddress address() {
        return address;
    }

    CassandraSettings settings(String keyspace) {
        return CassandraSettings.DEFAULT.withContactPoints(List.of(address)).withKeyspace(keyspace);
    }

    CassandraConnection connect(String keyspace) {
        return CassandraConnection.open(settings(keyspace));
    }

    /** Started by the first test class that asks, stopped when the run ends. */
    private static final class Node implements AutoCloseable {

        private final EmbeddedCassandra embedded;
        private final InetSocketAddress address;

        Node() {
            String running = System.getProperty("weir.test.cassandra");
            if (running == null) {
                embedded = start();
                address = embedded.contactPoint();
            } else {
                embedded = null;
                String[] parts = running.split(":");
                address = new InetSocketAddress(parts[0], Integer.parseInt(parts[1]));
            }
        }

        InetSocketAddress address() {
            return address;
        }

        @Override
        public void close() {
            if (embedded != null) {
                embedded.close();
            }
        }

        private static EmbeddedCassandra start() {
            try {
                Path directory = Files.createTempDirectory(Path.of("target"), "cassandra");
                int port = PortChoice.any().take("Cassandra", "weir.test.cassandra", notice -> {});
                return EmbeddedCassandra.start(
                        Path.of(System.getProperty("weir.home")), directory, directory.resolve("output.log"), port);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
