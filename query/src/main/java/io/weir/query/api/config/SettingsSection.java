package io.weir.query.api.config;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigValueType;
import java.time.Duration;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Typed access to a section of settings. An invalid value throws a {@link SettingsException} with the key, the value
 * and what was expected.
 *
 * @param path of the section
 */
record SettingsSection(Config config, String path) {

    /** So that seconds fit into an int, and a deadline in nanoseconds into a long. */
    private static final Duration MAX_DURATION = Duration.ofDays(20_000);

    SettingsSection section(String key) {
        return new SettingsSection(config.getConfig(key), path + "." + key);
    }

    String text(String key, String expected) {
        return read(key, expected, Config::getString);
    }

    String filledText(String key, String expected) {
        return parsed(key, expected, text -> {
            if (text.isBlank()) {
                throw new IllegalArgumentException(text);
            }
            return text;
        });
    }

    /** Returns null if the text is empty. */
    @Nullable
    String textOrNull(String key) {
        String text = text(key, "a text");
        return text.isEmpty() ? null : text;
    }

    /** Returns a list; in the environment it is a text with the syntax of the file. */
    List<String> texts(String key, String expected) {
        return read(key, expected, (section, name) -> (section.getValue(name).valueType() == ConfigValueType.STRING
                        ? ConfigFactory.parseString(name + " = " + section.getString(name))
                        : section)
                .getStringList(name));
    }

    int between(String key, int least, int greatest) {
        return parsed(key, "a whole number from " + least + " to " + greatest, text -> {
            int number = Integer.parseInt(text);
            if (number < least || number > greatest) {
                throw new IllegalArgumentException(text);
            }
            return number;
        });
    }

    /** Returns a size in bytes, such as 64 MiB. */
    long bytes(String key, long least) {
        String expected = "a size of at least " + least + " bytes, such as 64 MiB";
        long bytes = read(key, expected, Config::getBytes);
        if (bytes < least) {
            throw malformed(key, expected);
        }
        return bytes;
    }

    Duration duration(String key) {
        String expected = "a positive duration of at most 20000 days with its unit, such as 30 seconds";
        Duration duration = read(key, expected, Config::getDuration);
        if (duration.isNegative()
                || duration.isZero()
                || duration.compareTo(MAX_DURATION) > 0
                || text(key, expected).matches("[-+.\\d]*")) {
            throw malformed(key, expected);
        }
        return duration;
    }

    <T> T parsed(String key, String expected, Function<String, T> parser) {
        try {
            return parser.apply(text(key, expected));
        } catch (IllegalArgumentException e) {
            throw malformed(key, expected);
        }
    }

    private <T> T read(String key, String expected, BiFunction<Config, String, T> getter) {
        try {
            return getter.apply(config, key);
        } catch (ConfigException e) {
            throw malformed(key, expected);
        }
    }

    private SettingsException malformed(String key, String expected) {
        Object found = config.getIsNull(key) ? "null" : config.getValue(key).unwrapped();
        return new SettingsException(path + "." + key + " is " + found + "; expected " + expected);
    }
}
