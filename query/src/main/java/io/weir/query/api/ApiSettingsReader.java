package io.weir.query.api;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigParseOptions;
import com.typesafe.config.ConfigSyntax;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/** Reads the section {@code weir.api} of a configuration file, which may have the pipeline's sections too. */
public final class ApiSettingsReader {

    private static final String SECTION = "weir.api";

    private final Config section;

    private ApiSettingsReader(Config section) {
        this.section = section;
    }

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
        return new ApiSettingsReader(given.withFallback(reference)).settings();
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

    private ApiSettings settings() {
        return new ApiSettings(
                read("host", "an address such as 127.0.0.1", Config::getString),
                between("port", 0, 65_535),
                read("cors-origins", "a list of origins such as [\"https://example.org\"]", Config::getStringList),
                between("max-points", 1, 100_000),
                between("max-windows", 1, 10_000_000),
                duration("time-limit"),
                between("max-streams", 0, 10_000),
                duration("refresh"));
    }

    private int between(String key, int least, int greatest) {
        String expected = "a whole number from " + least + " to " + greatest;
        String text = read(key, expected, Config::getString);
        try {
            int number = Integer.parseInt(text);
            if (least <= number && number <= greatest) {
                return number;
            }
        } catch (NumberFormatException e) {
            throw malformed(key, expected);
        }
        throw malformed(key, expected);
    }

    private Duration duration(String key) {
        String expected = "a positive duration with its unit, such as 30 seconds";
        Duration duration = read(key, expected, Config::getDuration);
        if (duration.isNegative() || duration.isZero() || section.getString(key).matches("[-+.\\d]*")) {
            throw malformed(key, expected);
        }
        return duration;
    }

    private <T> T read(String key, String expected, BiFunction<Config, String, T> getter) {
        try {
            return getter.apply(section, key);
        } catch (ConfigException e) {
            throw malformed(key, expected);
        }
    }

    private ApiSettingsException malformed(String key, String expected) {
        Object found = section.getIsNull(key) ? "null" : section.getValue(key).unwrapped();
        return new ApiSettingsException(SECTION + "." + key + " is " + found + "; expected " + expected);
    }

    private static Set<String> keysOf(Config config) {
        Set<String> keys = new TreeSet<>();
        config.entrySet().forEach(entry -> keys.add(entry.getKey()));
        return keys;
    }
}
