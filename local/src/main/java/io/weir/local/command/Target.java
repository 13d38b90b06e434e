package io.weir.local.command;

import io.weir.local.servers.Addresses;
import io.weir.storage.CassandraConnection;
import io.weir.storage.CassandraSettings;
import io.weir.storage.Schema;
import io.weir.storage.SchemaSettings;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The running system that a command talks to: what a data directory says, or explicit addresses, which win. */
final class Target {

    static final String DEFAULT_TOPIC = "readings";

    private static final int CASSANDRA_PORT = 9042;

    @Spec(Spec.Target.MIXEE)
    private @Nullable CommandSpec command;

    @Option(
            names = "--data",
            paramLabel = "DIR",
            defaultValue = ".weir",
            description = "The data directory of a running weir up, which has its addresses (default:"
                    + " ${DEFAULT-VALUE}).")
    private Path data = Path.of(".weir");

    @Option(names = "--bootstrap", paramLabel = "HOST:PORT,…", description = "Kafka's brokers.")
    private @Nullable String bootstrap;

    @Option(names = "--contact-points", paramLabel = "HOST:PORT,…", description = "Cassandra's nodes.")
    private @Nullable String contactPoints;

    @Option(
            names = "--keyspace",
            paramLabel = "NAME",
            defaultValue = "weir",
            description = "The keyspace of the tables (default: ${DEFAULT-VALUE}).")
    private String keyspace = "weir";

    @Option(
            names = "--topic",
            paramLabel = "NAME",
            defaultValue = DEFAULT_TOPIC,
            description = "The topic of the readings (default: ${DEFAULT-VALUE}).")
    private String topic = DEFAULT_TOPIC;

    /** The system that runs on a data directory. */
    static Target of(Path data) {
        Target target = new Target();
        target.data = data;
        return target;
    }

    String bootstrap() {
        return bootstrap == null ? Addresses.read(data).bootstrap() : bootstrap;
    }

    String topic() {
        return topic;
    }

    /** Connects to Cassandra; the caller closes it. */
    CassandraConnection cassandra() {
        String points = contactPoints == null ? Addresses.read(data).contactPoints() : contactPoints;
        return CassandraConnection.open(
                CassandraSettings.DEFAULT.withContactPoints(addresses(points)).withKeyspace(keyspace));
    }

    /** Connects to a Cassandra that must have the tables; the caller closes it. */
    CassandraConnection cassandraWithTables() {
        CassandraConnection connection = cassandra();
        try {
            new Schema(connection, SchemaSettings.DEFAULT.withKeyspace(keyspace)).requireTables();
            return connection;
        } catch (RuntimeException e) {
            connection.close();
            throw e;
        }
    }

    private List<InetSocketAddress> addresses(String points) {
        List<InetSocketAddress> addresses = new ArrayList<>();
        for (String point : points.split(",", -1)) {
            if (!point.matches("[^:\\s]+(:\\d{1,5})?")) {
                throw wrong("--contact-points has \"" + point + "\"; expected host or host:port, separated by commas");
            }
            String[] parts = point.split(":", -1);
            int port = parts.length == 2 ? Integer.parseInt(parts[1]) : CASSANDRA_PORT;
            if (port > 65_535) {
                throw wrong("--contact-points has the port " + port + "; expected at most 65535");
            }
            addresses.add(InetSocketAddress.createUnresolved(parts[0], port));
        }
        return addresses;
    }

    private ParameterException wrong(String message) {
        if (command == null) {
            throw new IllegalStateException("options are read before the command line is parsed");
        }
        return new ParameterException(command.commandLine(), message);
    }
}
