package io.weir.metricconsumer.config;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Reads typed values of one section; a malformed value stops with its key, the value and what was expected. */
final class SettingsReader {

    private static final String OFF = "off";

    private final Config section;
    private final String path;

    SettingsReader(Config root, String path) {
        this.section = root.getConfig(path);
        this.path = path;
    }

    String text(String key) {
        return read(key, "a text", Config::getString);
    }

    String filledText(String key) {
        String text = text(key);
        if (text.isBlank()) {
            throw malformed(key, "a text that is not empty");
        }
        return text;
    }

    int positive(String key) {
        int number = read(key, "a positive whole number", Config::getInt);
        if (number < 1) {
            throw malformed(key, "a positive whole number");
        }
        return number;
    }

    Duration duration(String key) {
        String expected = "a positive duration such as 10 minutes";
        Duration duration = read(key, expected, Config::getDuration);
        if (duration.isNegative() || duration.isZero()) {
            throw malformed(key, expected);
        }
        return duration;
    }

    @Nullable
    Duration durationOrOff(String key) {
        return text(key).equals(OFF) ? null : duration(key);
    }

    int bytes(String key) {
        String expected = "a size between 1 B and 64 MiB, such as 256 KiB";
        long bytes = read(key, expected, Config::getBytes);
        if (bytes < 1 || bytes > 64L << 20) {
            throw malformed(key, expected);
        }
        return (int) bytes;
    }

    ZoneId zone(String key) {
        return parsed(key, "a time zone such as Europe/Berlin", ZoneId::of);
    }

    Instant instant(String key) {
        return parsed(key, "an instant such as 2000-01-01T00:00:00Z", Instant::parse);
    }

    <E> E parsed(String key, String expected, Function<String, E> parser) {
        try {
            return parser.apply(text(key));
        } catch (RuntimeException e) {
            throw malformed(key, expected);
        }
    }

    ConfigurationException malformed(String key, String expected) {
        return ConfigurationException.malformed(
                path + "." + key, section.getValue(key).unwrapped(), expected);
    }

    private <T> T read(String key, String expected, BiFunction<Config, String, T> getter) {
        try {
            return getter.apply(section, key);
        } catch (ConfigException e) {
            throw malformed(key, expected);
        }
    }
}
