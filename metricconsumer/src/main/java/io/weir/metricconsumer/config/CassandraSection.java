package io.weir.metricconsumer.config;

import com.typesafe.config.Config;
import io.weir.core.secret.SecretFile;
import io.weir.core.secret.SecretFileException;
import io.weir.storage.schema.SchemaSettings;
import io.weir.storage.session.CassandraSettings;
import io.weir.storage.session.CassandraSettings.Credentials;
import io.weir.storage.session.ContactPoints;
import java.io.Serializable;
import java.net.InetSocketAddress;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The connection to Cassandra and the retention of the tables: section {@code weir.cassandra}.
 *
 * @param passwordFile takes precedence over the password, which is then not part of the settings; empty for none
 * @param rawRetention null to keep raw readings forever
 * @param rollupRetention null to keep rollups forever
 * @param rejectedRetention null to keep rejected readings forever
 */
public record CassandraSection(
        List<InetSocketAddress> contactPoints,
        String localDatacenter,
        String keyspace,
        int replicationFactor,
        String username,
        String password,
        String passwordFile,
        @Nullable Duration rawRetention,
        @Nullable Duration rollupRetention,
        @Nullable Duration rejectedRetention,
        Duration requestTimeout,
        Duration retryFor,
        int maxRequestsInFlight,
        int batchRows)
        implements Serializable {

    private static final int MAX_BATCH_ROWS = 1000;
    private static final Pattern DATACENTER = Pattern.compile("[\\w.-]+");
    private static final Pattern KEYSPACE = Pattern.compile("[a-z][a-z0-9_]{0,47}");

    /** Cassandra's limits of a time to live: whole seconds, and 20 years at most. */
    private static final Duration MIN_RETENTION = Duration.ofSeconds(1);

    private static final Duration MAX_RETENTION = Duration.ofDays(20 * 365);

    static CassandraSection from(Config root) {
        SettingsReader in = new SettingsReader(root, "weir.cassandra");
        return new CassandraSection(
                in.parsed("contact-points", ContactPoints.EXPECTED, ContactPoints::parse),
                in.matching("local-datacenter", DATACENTER, "a name of letters, digits, '_', '-' and '.'"),
                in.matching(
                        "keyspace", KEYSPACE, "1 to 48 lower case letters, digits and '_' that begin with a letter"),
                in.positive("replication-factor"),
                in.text("username"),
                in.text("password"),
                passwordFile(in),
                retention(in, "raw-retention"),
                retention(in, "rollup-retention"),
                retention(in, "rejected-retention"),
                in.duration("request-timeout"),
                in.duration("retry-for"),
                in.positive("max-requests-in-flight"),
                in.wholeUpTo("batch-rows", MAX_BATCH_ROWS));
    }

    /**
     * Returns the connection settings.
     *
     * @throws SecretFileException if the password file cannot be read on this machine, or other users may read it
     */
    public CassandraSettings connection() {
        return new CassandraSettings(
                contactPoints,
                localDatacenter,
                keyspace,
                username.isEmpty() ? null : credentials(),
                CassandraSettings.DEFAULT.connectFor(),
                requestTimeout,
                retryFor,
                maxRequestsInFlight,
                batchRows);
    }

    /** Returns the settings of the schema. */
    public SchemaSettings schema() {
        return SchemaSettings.DEFAULT
                .withKeyspace(keyspace)
                .withReplicas(localDatacenter, replicationFactor)
                .withRetention(rawRetention, rollupRetention, rejectedRetention);
    }

    @Override
    public String toString() {
        return "CassandraSection[contactPoints=" + contactPoints + ", keyspace=" + keyspace + "]";
    }

    private Credentials credentials() {
        return new Credentials(
                username, passwordFile.isEmpty() ? password : new SecretFile(Path.of(passwordFile)).read());
    }

    private static String passwordFile(SettingsReader in) {
        String file = in.text("password-file");
        if (!file.isEmpty()) {
            try {
                new SecretFile(Path.of(file)).read();
            } catch (SecretFileException | InvalidPathException e) {
                throw in.malformed("password-file", "a file with the password: " + e.getMessage());
            }
        }
        return file;
    }

    private static @Nullable Duration retention(SettingsReader in, String key) {
        Duration retention = in.durationOr("off", key);
        if (retention != null && (retention.compareTo(MIN_RETENTION) < 0 || retention.compareTo(MAX_RETENTION) > 0)) {
            throw in.malformed(key, "off, or a duration from 1 second to 7300 days");
        }
        return retention;
    }
}
