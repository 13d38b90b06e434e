package io.weir.e2e.rig;

import io.weir.local.servers.DataDirectory;
import io.weir.local.servers.EmbeddedCassandra;
import io.weir.local.servers.PortChoice;
import io.weir.local.servers.Servers;
import io.weir.storage.session.CassandraConnection;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Runs Kafka and Cassandra in a temporary directory, for a pipeline that the test starts itself. */
public final class TestServers implements AutoCloseable {

    private final DataDirectory directory;
    private final Servers servers;

    private TestServers(DataDirectory directory, Servers servers) {
        this.directory = directory;
        this.servers = servers;
    }

    public static TestServers on(Path data) {
        DataDirectory directory = DataDirectory.open(data);
        Servers servers = Servers.start(
                Path.of(System.getProperty("weir.home")),
                directory,
                PortChoice.any(),
                PortChoice.any(),
                System.out::println);
        directory.publish(servers.addresses(Optional.empty()));
        return new TestServers(directory, servers);
    }

    public CommandLine commandLine() {
        return new CommandLine(directory.path());
    }

    public String bootstrap() {
        return servers.kafka().bootstrap();
    }

    public EmbeddedCassandra cassandra() {
        return servers.cassandra();
    }

    public Path cassandraDirectory() {
        return directory.path().resolve("cassandra");
    }

    /** Returns a connection to the tables of a pipeline with default settings; the caller closes it. */
    public CassandraConnection tables() {
        return CassandraConnection.open(servers.cassandra().settings());
    }

    /**
     * Returns the settings of a Spark application for these servers; Cassandra's address by the names of Spark's
     * connector.
     */
    public Map<String, String> sparkSettings() {
        Map<String, String> settings = new TreeMap<>(servers.cassandra().login().settings());
        settings.putAll(Map.of(
                "spark.weir.kafka.bootstrap-servers",
                bootstrap(),
                "spark.cassandra.connection.host",
                "127.0.0.1",
                "spark.cassandra.connection.port",
                String.valueOf(servers.cassandra().port())));
        return settings;
    }

    @Override
    public void close() {
        servers.close();
        directory.close();
    }
}
