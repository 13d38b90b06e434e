package io.weir.query.api;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigParseOptions;
import com.typesafe.config.ConfigSyntax;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Reads the section {@code weir.api} of a configuration file, which may have the pipeline's sections too. */
public final class ApiSettingsReader {

    private static final String SECTION = "weir.api";

    private ApiSettingsReader() {}

    /**
     * Reads the settings.
     *
     * @param file a file in HOCON that goes over the defaults of reference.conf; null for the defaults alone
     * @throws ApiSettingsException if a key is unknown, or a value is not what is expected
     */
    public static ApiSettings read(@Nullable Path file) {
        Config reference = ConfigFactory.parseResources(
                        ApiSettingsReader.class,
                        "reference.conf",
                        ConfigParseOptions.defaults().setAllowMissing(false))
                .getConfig(SECTION);
        Config given = file == null ? ConfigFactory.empty() : sectionOf(file);
        refuseUnknown(given, keysOf(reference));
        return settings(new SettingsSection(given.withFallback(reference), SECTION));
    }

    private static Config sectionOf(Path file) {
        try {
            Config config = ConfigFactory.parseFile(
                            file.toFile(),
                            ConfigParseOptions.defaults().setAllowMissing(false).setSyntax(ConfigSyntax.CONF))
                    .resolve();
            return config.hasPath(SECTION) ? config.getConfig(SECTION) : ConfigFactory.empty();
        } catch (ConfigException e) {
            throw new ApiSettingsException("the configuration file " + file + " cannot be read: " + e.getMessage());
        }
    }

    private static void refuseUnknown(Config given, Set<String> known) {
        for (String key : keysOf(given)) {
            if (!known.contains(key)) {
                throw new ApiSettingsException("unknown setting " + SECTION + "." + key + "; known in " + SECTION
                        + " are " + String.join(", ", known) + " (see docs/configuration.md)");
            }
        }
    }

    private static ApiSettings settings(SettingsSection in) {
        return new ApiSettings(
                in.filledText("host", "an address such as 127.0.0.1"),
                in.between("port", 0, 65_535),
                in.texts("cors-origins", "a list of origins such as [\"https://example.org\"]"),
                in.between("max-points", 1, 100_000),
                in.between("max-windows", 1, 10_000_000),
                in.duration("time-limit"),
                in.between("max-streams", 0, 10_000),
                in.duration("refresh"),
                AccessSettingsReader.read(in));
    }

    private static Set<String> keysOf(Config config) {
        Set<String> keys = new TreeSet<>();
        config.entrySet().forEach(entry -> keys.add(entry.getKey()));
        return keys;
    }
}
