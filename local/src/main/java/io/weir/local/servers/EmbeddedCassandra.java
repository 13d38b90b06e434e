package io.weir.local.servers;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.DriverException;
import com.datastax.oss.driver.api.core.config.DefaultDriverOption;
import com.datastax.oss.driver.api.core.config.DriverConfigLoader;
import io.weir.storage.session.CassandraSettings;
import io.weir.storage.session.CassandraSettings.Credentials;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * A single-node Cassandra in its own JVM, on the loopback interface. Clients must log in ({@link #login}); no process
 * of another user can join the cluster.
 */
public final class EmbeddedCassandra implements AutoCloseable {
    /** The name that SimpleSnitch gives to the only datacenter. */
    public static final String LOCAL_DATACENTER = "datacenter1";

    private static final Duration START_LIMIT = Duration.ofMinutes(3);
    private static final Duration PROBE_LIMIT = Duration.ofSeconds(10);

    private final ChildProcess process;
    private final int port;
    private final NodeLogin login;

    private EmbeddedCassandra(ChildProcess process, int port, NodeLogin login) {
        this.process = process;
        this.port = port;
        this.login = login;
    }

    /**
     * Starts the node with the smallest heap, and returns when it serves CQL.
     *
     * @param home a built checkout or an unpacked distribution
     * @param directory directory of its data and configuration; existing data are served again. The password is in a
     *     file beside it
     * @param log the file for its output
     * @param port a free port for CQL
     */
    public static EmbeddedCassandra start(Path home, Path directory, Path log, int port) {
        EmbeddedCassandra cassandra = launch(home, directory, log, port, Heaps.LEAST);
        try {
            cassandra.awaitHealthy();
            return cassandra;
        } catch (RuntimeException e) {
            cassandra.close();
            throw e;
        }
    }

    /** Starts the node without waiting for it. */
    static EmbeddedCassandra launch(Path home, Path directory, Path log, int port, Heaps heaps) {
        ModuleFiles files = ModuleFiles.of(home, "servers/cassandra");
        Path root = directory.toAbsolutePath();
        NodeLogin login = NodeLogin.of(root);
        login.generate();
        Path yaml = files.fill(
                "cassandra.yaml",
                Map.of(
                        "address", "127.0.0.1",
                        "native_port", Integer.toString(port),
                        "storage_port", Integer.toString(PortChoice.free()),
                        "password_file", login.passwordFile().toString()),
                root.resolve("conf"));
        List<String> options = List.of(
                "@" + files.conf("jvm17.options"),
                "@" + files.conf("modules17.options"),
                heaps.initial(Heaps.Part.CASSANDRA),
                heaps.maximum(Heaps.Part.CASSANDRA),
                "-Dcassandra.config=" + yaml.toUri(),
                "-Dcassandra.storagedir=" + root,
                "-Dlogback.configurationFile=" + files.conf("logback.xml"));
        String classpath = files.dependencies()
                + System.getProperty("path.separator")
                + ModuleFiles.of(home, "node").jar(); // the role manager
        ChildProcess process = ChildProcess.start(
                "Cassandra",
                new JavaCommand(classpath, options, root, "org.apache.cassandra.service.CassandraDaemon", List.of()),
                log);
        return new EmbeddedCassandra(process, port, login);
    }

    void awaitHealthy() {
        process.awaitHealthy(this::answers, START_LIMIT);
    }

    /** Returns the contact point, in the datacenter {@link #LOCAL_DATACENTER}. */
    public InetSocketAddress contactPoint() {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
    }

    public int port() {
        return port;
    }

    public NodeLogin login() {
        return login;
    }

    /** Returns the default connection settings for this node. */
    public CassandraSettings settings() {
        return CassandraSettings.DEFAULT
                .withContactPoints(List.of(contactPoint()))
                .withCredentials(login.credentials());
    }

    public ChildProcess process() {
        return process;
    }

    @Override
    public void close() {
        process.close();
    }

    private boolean answers() {
        if (!PortChoice.answers(port)) {
            return false;
        }
        DriverConfigLoader patient = DriverConfigLoader.programmaticBuilder()
                .withDuration(DefaultDriverOption.CONNECTION_INIT_QUERY_TIMEOUT, PROBE_LIMIT)
                .withDuration(DefaultDriverOption.REQUEST_TIMEOUT, PROBE_LIMIT)
                .withInt(DefaultDriverOption.NETTY_ADMIN_SIZE, 1)
                .withInt(DefaultDriverOption.NETTY_IO_SIZE, 1)
                .withInt(DefaultDriverOption.NETTY_IO_SHUTDOWN_QUIET_PERIOD, 0)
                .withInt(DefaultDriverOption.NETTY_ADMIN_SHUTDOWN_QUIET_PERIOD, 0)
                .build();
        Credentials credentials = login.credentials();
        try (CqlSession session = CqlSession.builder()
                .addContactPoint(contactPoint())
                .withLocalDatacenter(LOCAL_DATACENTER)
                .withAuthCredentials(credentials.user(), credentials.password())
                .withConfigLoader(patient)
                .build()) {
            return session.execute("SELECT release_version FROM system.local").one() != null;
        } catch (DriverException e) {
            return false;
        }
    }
}
