package io.weir.local.command.connection;

import io.micrometer.core.instrument.MeterRegistry;
import io.weir.core.fold.command.CommandKey;
import io.weir.core.reading.ReadingRules;
import io.weir.local.servers.Addresses;
import io.weir.local.servers.DataDirectory;
import io.weir.local.servers.NodeLogin;
import io.weir.local.servers.Servers;
import io.weir.metricproducer.file.PublishRules;
import io.weir.storage.schema.Schema;
import io.weir.storage.schema.SchemaSettings;
import io.weir.storage.session.CassandraConnection;
import io.weir.storage.session.CassandraSettings;
import io.weir.storage.session.ContactPoints;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/**
 * The running system that a command connects to. Addresses come from options, else from a configuration file and the
 * environment, else from a data directory.
 */
public final class Target {

    static final String DEFAULT_TOPIC = "readings";

    @Spec(Spec.Target.MIXEE)
    private @Nullable CommandSpec command;

    @Option(
            names = "--data",
            paramLabel = "DIR",
            defaultValue = "${env:WEIR_DATA:-.weir}",
            description =
                    "The data directory of a running weir up, to find its servers (default: $WEIR_DATA, else .weir).")
    private Path data = Path.of(".weir");

    @Option(names = "--bootstrap", paramLabel = "HOST:PORT,…", description = "Kafka's brokers.")
    private @Nullable String bootstrap;

    @Option(names = "--contact-points", paramLabel = "HOST:PORT,…", description = "Cassandra's nodes.")
    private @Nullable String contactPoints;

    @Option(
            names = "--keyspace",
            paramLabel = "NAME",
            description = "The keyspace of the tables (default: weir.cassandra.keyspace, weir).")
    private @Nullable String keyspace;

    @Option(
            names = "--topic",
            paramLabel = "NAME",
            description = "The topic of the readings (default: weir.kafka.topic, readings).")
    private @Nullable String topic;

    @Option(
            names = "--config",
            paramLabel = "FILE",
            description = "The pipeline's configuration file, to find its servers (docs/reference/configuration.md).")
    private @Nullable Path configuration;

    /** The login of the embedded Cassandra; null if the target is not embedded. */
    private @Nullable NodeLogin login;

    /** Read once, at first use. */
    private @Nullable SystemSettings settings;

    /** Creates a target with these servers and the pipeline settings of a file; null for none. */
    public static Target of(Servers servers, @Nullable Path configuration) {
        Target target = new Target();
        Addresses addresses = servers.addresses(Optional.empty());
        target.bootstrap = addresses.bootstrap();
        target.contactPoints = addresses.contactPoints();
        target.login = servers.cassandra().login();
        target.configuration = configuration;
        return target;
    }

    /** The configuration file; null for none. */
    @Nullable
    public Path configuration() {
        return configuration;
    }

    public String bootstrap() {
        return firstOf(bootstrap, settings().bootstrap())
                .orElseGet(() -> Addresses.read(data).bootstrap());
    }

    public String topic() {
        return firstOf(topic, settings().topic()).orElse(DEFAULT_TOPIC);
    }

    /** Returns the size in bytes above which the pipeline rejects a record's value unread. */
    public int maxRecordBytes() {
        return settings().maxRecordBytes();
    }

    /** Returns the rules of the pipeline that can be applied before a record is sent. */
    public PublishRules publishRules() {
        ReadingRules defaults = ReadingRules.DEFAULT;
        return new PublishRules(
                new ReadingRules(settings().earliest(), defaults.futureBound(), defaults.tooOld()), maxRecordBytes());
    }

    /** Returns the command key of the settings, else of the data directory; null if there is none. */
    @Nullable
    public CommandKey commandKey() {
        Optional<Path> ofDirectory = Optional.of(DataDirectory.commandKey(data)).filter(Files::exists);
        return settings()
                .commandKey()
                .or(() -> ofDirectory)
                .map(CommandKey::read)
                .orElse(null);
    }

    /** Connects to Cassandra; the caller closes it. */
    public CassandraConnection cassandra() {
        return cassandra(null);
    }

    private CassandraConnection cassandra(@Nullable MeterRegistry meters) {
        String space = keyspace();
        Optional<String> given = firstOf(contactPoints, settings().contactPoints());
        String points = given.orElseGet(() -> Addresses.read(data).contactPoints());
        Optional<NodeLogin> embedded = given.isPresent() ? Optional.ofNullable(login) : loginOfDirectory();
        CassandraSettings defaults = CassandraSettings.DEFAULT;
        CassandraSettings named = new CassandraSettings(
                addresses(points),
                settings().datacenter().orElse(defaults.localDatacenter()),
                space,
                embedded.map(NodeLogin::credentials).or(settings()::credentials).orElse(defaults.credentials()),
                defaults.connectFor(),
                defaults.requestTimeout(),
                defaults.retryFor(),
                defaults.maxRequestsInFlight(),
                defaults.batchRows());
        return CassandraConnection.open(named, meters);
    }

    /**
     * Connects to a Cassandra that must have the tables; the caller closes it.
     *
     * @param meters the registry for the connection's metrics; null for none
     */
    public CassandraConnection cassandraWithTables(@Nullable MeterRegistry meters) {
        CassandraConnection connection = cassandra(meters);
        try {
            SchemaSettings expected =
                    SchemaSettings.DEFAULT.withKeyspace(connection.settings().keyspace());
            new Schema(connection, expected).requireTables();
            return connection;
        } catch (RuntimeException e) {
            connection.close();
            throw e;
        }
    }

    private String keyspace() {
        String name = firstOf(keyspace, settings().keyspace()).orElse(CassandraSettings.DEFAULT.keyspace());
        try {
            return CassandraSettings.DEFAULT.withKeyspace(name).keyspace();
        } catch (IllegalArgumentException e) {
            throw wrong((keyspace == null ? "weir.cassandra.keyspace: " : "--keyspace: ") + e.getMessage());
        }
    }

    /** The data directory of an earlier version has no login. */
    private Optional<NodeLogin> loginOfDirectory() {
        return Optional.of(DataDirectory.login(data)).filter(found -> Files.exists(found.passwordFile()));
    }

    private SystemSettings settings() {
        SystemSettings known = settings;
        if (known == null) {
            known = SystemSettings.read(configuration, System.getenv());
            settings = known;
        }
        return known;
    }

    private static Optional<String> firstOf(@Nullable String option, Optional<String> setting) {
        return option == null ? setting : Optional.of(option);
    }

    private List<InetSocketAddress> addresses(String points) {
        try {
            return ContactPoints.parse(points);
        } catch (IllegalArgumentException e) {
            String where = contactPoints == null ? "weir.cassandra.contact-points" : "--contact-points";
            throw wrong(where + " has \"" + points + "\"; expected " + ContactPoints.EXPECTED);
        }
    }

    private ParameterException wrong(String message) {
        if (command == null) {
            throw new IllegalStateException("options are read before the command line is parsed");
        }
        return new ParameterException(command.commandLine(), message);
    }
}
