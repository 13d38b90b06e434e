package io.weir.query.api.config;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigParseOptions;
import com.typesafe.config.ConfigSyntax;
import com.typesafe.config.ConfigValueFactory;
import io.weir.core.text.FailureText;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads a configuration file, overridden by the environment, in the same way as the pipeline. */
public final class SettingsFile {

    private SettingsFile() {}

    /**
     * Reads the file and the environment.
     *
     * @param file in HOCON; null for none
     * @param keys the keys that the environment may set, as {@code weir.kafka.topic} for {@code WEIR_KAFKA_TOPIC}
     * @throws SettingsException if the file cannot be read
     */
    public static Config read(@Nullable Path file, Map<String, String> environment, Collection<String> keys) {
        Config above = ConfigFactory.empty();
        for (String key : keys) {
            String value = environment.get(variable(key));
            if (value != null) {
                above = above.withValue(key, ConfigValueFactory.fromAnyRef(value, "the environment"));
            }
        }
        return file == null ? above : above.withFallback(parse(file));
    }

    static String variable(String key) {
        return key.toUpperCase(Locale.ROOT).replace('.', '_').replace('-', '_');
    }

    private static Config parse(Path file) {
        try {
            return ConfigFactory.parseFile(
                            file.toFile(),
                            ConfigParseOptions.defaults().setAllowMissing(false).setSyntax(ConfigSyntax.CONF))
                    .resolve();
        } catch (ConfigException e) {
            throw new SettingsException("the configuration file " + file + " cannot be read: "
                    + FailureText.of(e.getCause() == null ? e : e.getCause()));
        }
    }
}
