package io.weir.e2e.rig;

import io.weir.local.servers.EmbeddedCassandra;
import io.weir.local.servers.PortChoice;
import io.weir.storage.session.CassandraConnection;
import io.weir.storage.session.CassandraSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;

/**
 * One Cassandra for all test classes of a run that change nothing outside their own keyspace. The system property
 * {@code weir.test.cassandra=host:port} names a running node to use instead.
 */
public final class CassandraNode implements BeforeAllCallback {

    private static final Namespace NAMESPACE = Namespace.create(CassandraNode.class);

    private CassandraSettings settings = CassandraSettings.DEFAULT;
    private CommandLine commandLine = new CommandLine(List.of());

    @Override
    public void beforeAll(ExtensionContext context) {
        Node node = context.getRoot().getStore(NAMESPACE).computeIfAbsent("node", key -> new Node(), Node.class);
        settings = node.settings();
        commandLine = node.commandLine();
    }

    CassandraSettings settings(String keyspace) {
        return settings.withKeyspace(keyspace);
    }

    /** Returns a command line for the tables of a keyspace. */
    public CommandLine commandLine(String keyspace) {
        List<String> target = new ArrayList<>(commandLine.target());
        target.addAll(List.of("--keyspace", keyspace));
        return new CommandLine(target, commandLine.login());
    }

    public CassandraConnection connect(String keyspace) {
        return CassandraConnection.open(settings(keyspace));
    }

    /** Started by the first test class that needs it, and stopped at the end of the run. */
    private static final class Node implements AutoCloseable {

        private final String running = System.getProperty("weir.test.cassandra");
        private final EmbeddedCassandra embedded = running == null ? start() : null;

        CassandraSettings settings() {
            if (embedded != null) {
                return embedded.settings();
            }
            String[] parts = running.split(":");
            return CassandraSettings.DEFAULT.withContactPoints(
                    List.of(new InetSocketAddress(parts[0], Integer.parseInt(parts[1]))));
        }

        public CommandLine commandLine() {
            return embedded == null
                    ? new CommandLine(List.of("--contact-points", running))
                    : CommandLine.with(embedded.login(), "--contact-points", "127.0.0.1:" + embedded.port());
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
