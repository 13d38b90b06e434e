package io.weir.local.command;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import io.weir.query.api.SettingsFile;
import io.weir.storage.CassandraSettings.Credentials;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Where the pipeline's settings say that its servers are, as far as they do. All else in them is the pipeline's to check. */
record SystemSettings(Config config) {

    private static final String BOOTSTRAP = "weir.kafka.bootstrap-servers";
    private static final String TOPIC = "weir.kafka.topic";
    private static final String CONTACT_POINTS = "weir.cassandra.contact-points";
    private static final String DATACENTER = "weir.cassandra.local-datacenter";
    private static final String KEYSPACE = "weir.cassandra.keyspace";
    private static final String USERNAME = "weir.cassandra.username";
    private static final String PASSWORD = "weir.cassandra.password";

    private static final List<String> KEYS =
            List.of(BOOTSTRAP, TOPIC, CONTACT_POINTS, DATACENTER, KEYSPACE, USERNAME, PASSWORD);

    /**
     * Reads them.
     *
     * @param file null for none
     * @param environment goes over the file
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

    Optional<Credentials> credentials() {
        return text(USERNAME).map(user -> new Credentials(user, text(PASSWORD).orElse("")));
    }

    /** What is empty is not said. */
    private Optional<String> text(String key) {
        if (!config.hasPath(key)) {
            return Optional.empty();
        }
        try {
            return Optional.of(config.getString(key)).filter(text -> !text.isEmpty());
        } catch (ConfigException e) {
            throw new CommandException(key + " is " + config.getValue(key).unwrapped() + "; expected a text");
        }
    }
}
