package io.weir.local.command.connection;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import io.weir.core.fold.engine.FoldSettings;
import io.weir.core.reading.ReadingRules;
import io.weir.core.secret.SecretFile;
import io.weir.local.command.terminal.CommandException;
import io.weir.query.api.config.SettingsFile;
import io.weir.storage.session.CassandraSettings.Credentials;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The pipeline settings that commands use: server addresses, and the rules that commands must apply as the pipeline
 * does. The pipeline validates all other settings.
 */
record SystemSettings(Config config) {

    private static final String BOOTSTRAP = "weir.kafka.bootstrap-servers";
    private static final String TOPIC = "weir.kafka.topic";
    private static final String CONTACT_POINTS = "weir.cassandra.contact-points";
    private static final String DATACENTER = "weir.cassandra.local-datacenter";
    private static final String KEYSPACE = "weir.cassandra.keyspace";
    private static final String USERNAME = "weir.cassandra.username";
    private static final String PASSWORD = "weir.cassandra.password";
    private static final String PASSWORD_FILE = "weir.cassandra.password-file";
    private static final String MAX_RECORD_SIZE = "weir.pipeline.max-record-size";

    private static final String EARLIEST = "weir.pipeline.earliest";

    private static final String COMMAND_KEY = "weir.pipeline.command-key";

    private static final List<String> KEYS = List.of(
            BOOTSTRAP,
            TOPIC,
            CONTACT_POINTS,
            DATACENTER,
            KEYSPACE,
            USERNAME,
            PASSWORD,
            PASSWORD_FILE,
            MAX_RECORD_SIZE,
            EARLIEST,
            COMMAND_KEY);

    /**
     * Reads the settings.
     *
     * @param file null for none
     * @param environment overrides the file
     */
    static SystemSettings read(@Nullable Path file, Map<String, String> environment) {
        return new SystemSettings(SettingsFile.read(file, environment, KEYS));
    }

    Optional<String> bootstrap() {
        return text(BOOTSTRAP);
    }

    Optional<String> topic() {
        return text(TOPIC);
    }

    Optional<String> contactPoints() {
        return text(CONTACT_POINTS);
    }

    Optional<String> datacenter() {
        return text(DATACENTER);
    }

    Optional<String> keyspace() {
        return text(KEYSPACE);
    }

    /**
     * Returns the login.
     *
     * @throws io.weir.core.secret.SecretFileException if the password file cannot be read, or other users may read it
     */
    Optional<Credentials> credentials() {
        return text(USERNAME).map(user -> new Credentials(user, password()));
    }

    private String password() {
        return text(PASSWORD_FILE)
                .map(file -> new SecretFile(Path.of(file)).read())
                .or(() -> text(PASSWORD))
                .orElse("");
    }

    /** Returns the path of the command key file. */
    Optional<Path> commandKey() {
        return text(COMMAND_KEY).map(Path::of);
    }

    /** Returns the number of bytes above which the pipeline rejects a record's value unread. */
    int maxRecordBytes() {
        if (!config.hasPath(MAX_RECORD_SIZE)) {
            return FoldSettings.DEFAULT.maxRecordBytes();
        }
        try {
            return Math.toIntExact(config.getBytes(MAX_RECORD_SIZE));
        } catch (ConfigException | ArithmeticException e) {
            throw new CommandException(MAX_RECORD_SIZE + " is "
                    + config.getValue(MAX_RECORD_SIZE).unwrapped() + "; expected a size such as 256 KiB");
        }
    }

    /** Returns the first event time that the pipeline does not reject. */
    Instant earliest() {
        return text(EARLIEST)
                .map(text -> {
                    try {
                        return ReadingRules.parseEarliest(text);
                    } catch (IllegalArgumentException e) {
                        throw new CommandException(EARLIEST + " is " + text + "; expected " + e.getMessage(), e);
                    }
                })
                .orElse(ReadingRules.DEFAULT.earliest());
    }

    /** Treats an empty text as absent. */
    private Optional<String> text(String key) {
        if (!config.hasPath(key)) {
            return Optional.empty();
        }
        try {
            return Optional.of(config.getString(key)).filter(text -> !text.isEmpty());
        } catch (ConfigException e) {
            throw new CommandException(key + " is " + config.getValue(key).unwrapped() + "; expected a string");
        }
    }
}
