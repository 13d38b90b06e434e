package io.weir.metricconsumer.config;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigParseOptions;
import com.typesafe.config.ConfigSyntax;
import com.typesafe.config.ConfigValueFactory;
import io.weir.core.text.FailureText;
import io.weir.core.text.NearestName;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Merges the sources of settings, lowest precedence first: the defaults of reference.conf, a file, the environment, and
 * Spark's configuration. Every key must be in reference.conf.
 */
final class SettingsLayers {

    private static final String REFERENCE = "reference.conf";
    /** The query API reads its settings, which are in the same file and environment, itself. */
    private static final String API_PREFIX = "weir.api.";

    private static final String ENVIRONMENT_PREFIX = "WEIR_";
    private static final String SPARK_PREFIX = "spark.";
    private static final String CONTACT_POINTS = "weir.cassandra.contact-points";

    /** Variables that are read by the launcher instead of the application. */
    private static final Set<String> LAUNCHER_VARIABLES =
            Set.of("WEIR_DATA", "WEIR_HOME", "WEIR_JAVA_OPTIONS", "WEIR_STACK_TRACE", "WEIR_TESTING", "WEIR_YES");

    /** Names that users of Spark's Cassandra connector know, and Weir's keys for them. */
    private static final Map<String, String> SPARK_ALIASES = Map.of(
            "spark.cassandra.auth.username", "weir.cassandra.username",
            "spark.cassandra.auth.password", "weir.cassandra.password");

    private static final String SPARK_HOST = "spark.cassandra.connection.host";
    private static final String SPARK_PORT = "spark.cassandra.connection.port";

    private final Config reference = ConfigFactory.parseResources(
            SettingsLayers.class, REFERENCE, ConfigParseOptions.defaults().setAllowMissing(false));
    private final Set<String> keys = keysOf(reference);

    Config merge(@Nullable Path file, Map<String, String> environment, Map<String, String> spark) {
        Config config = file == null ? reference : overReference(file);
        config = overlay(config, fromEnvironment(environment));
        config = overlay(config, fromSparkAliases(spark, config));
        return overlay(config, fromSpark(spark));
    }

    private Config overReference(Path file) {
        Config config;
        try {
            config = ConfigFactory.parseFile(
                            file.toFile(),
                            ConfigParseOptions.defaults().setAllowMissing(false).setSyntax(ConfigSyntax.CONF))
                    .withFallback(reference)
                    .resolve();
        } catch (ConfigException e) {
            throw new ConfigurationException("the configuration file " + file + " cannot be read: "
                    + FailureText.of(e.getCause() == null ? e : e.getCause()));
        }
        for (String key : keysOf(config)) {
            if (!keys.contains(key) && !key.startsWith(API_PREFIX)) {
                throw unknown(key, "in " + file, keys);
            }
        }
        return config;
    }

    private Map<String, String> fromEnvironment(Map<String, String> environment) {
        Map<String, String> names = new TreeMap<>();
        keys.forEach(key -> names.put(variable(key), key));
        Map<String, String> found = new TreeMap<>();
        environment.forEach((name, value) -> {
            if (name.startsWith(ENVIRONMENT_PREFIX)
                    && !name.startsWith(variable(API_PREFIX))
                    && !LAUNCHER_VARIABLES.contains(name)) {
                String key = names.get(name);
                if (key == null) {
                    throw unknown(name, "in the environment", names.keySet());
                }
                found.put(key, value);
            }
        });
        return found;
    }

    /** Returns the environment variable of a key. */
    static String variable(String key) {
        return key.toUpperCase(Locale.ROOT).replace('.', '_').replace('-', '_');
    }

    private Map<String, String> fromSpark(Map<String, String> spark) {
        Map<String, String> found = new TreeMap<>();
        spark.forEach((name, value) -> {
            if (name.startsWith(SPARK_PREFIX + "weir.")) {
                String key = name.substring(SPARK_PREFIX.length());
                if (!keys.contains(key)) {
                    throw unknown(name, "in Spark's configuration", keys);
                }
                found.put(key, value);
            }
        });
        return found;
    }

    private static Map<String, String> fromSparkAliases(Map<String, String> spark, Config below) {
        Map<String, String> found = new TreeMap<>();
        SPARK_ALIASES.forEach((name, key) -> {
            String value = spark.get(name);
            if (value != null) {
                found.put(key, value);
            }
        });
        String port = spark.get(SPARK_PORT);
        String hosts = spark.get(SPARK_HOST);
        if (hosts != null || port != null) {
            found.put(CONTACT_POINTS, withPort(hosts == null ? below.getString(CONTACT_POINTS) : hosts, port));
        }
        return found;
    }

    private static String withPort(String hosts, @Nullable String port) {
        if (port == null) {
            return hosts;
        }
        List<String> points = new ArrayList<>();
        for (String host : hosts.split(",", -1)) {
            points.add(host.replaceFirst(":\\d+$", "").strip() + ":" + port);
        }
        return String.join(",", points);
    }

    private static Config overlay(Config below, Map<String, String> values) {
        Config above = ConfigFactory.empty();
        for (Map.Entry<String, String> entry : values.entrySet()) {
            above = above.withValue(entry.getKey(), ConfigValueFactory.fromAnyRef(entry.getValue()));
        }
        return above.withFallback(below);
    }

    private static Set<String> keysOf(Config config) {
        Set<String> keys = new TreeSet<>();
        config.entrySet().forEach(entry -> keys.add(entry.getKey()));
        return keys;
    }

    private static ConfigurationException unknown(String name, String where, Set<String> known) {
        return new ConfigurationException("unknown setting " + name + " " + where
                + NearestName.of(name, known)
                        .map(near -> "; did you mean " + near + "?")
                        .orElse("")
                + " (docs/reference/configuration.md lists all settings)");
    }
}
