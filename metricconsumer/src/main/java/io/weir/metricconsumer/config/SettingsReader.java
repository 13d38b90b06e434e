package io.weir.metricconsumer.config;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import io.weir.core.reading.ReadingRules;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads typed values of one section. A malformed value throws a {@link ConfigurationException} with its key, the value
 * and what was expected.
 */
final class SettingsReader {

    private static final String DURATION =
            "a positive duration of at most 20000 days with its unit, such as 10 minutes";

    /** So that seconds fit into an int, and sums of durations in nanoseconds into a long. */
    private static final Duration MAX_DURATION = Duration.ofDays(20_000);

    private static final Pattern BARE_NUMBER = Pattern.compile("[-+.\\d]*");

    private final Config section;
    private final String path;

    SettingsReader(Config root, String path) {
        this.section = root.getConfig(path);
        this.path = path;
    }

    String text(String key) {
        return read(key, "a text", Config::getString);
    }

    String nonBlankText(String key) {
        String text = text(key);
        if (text.isBlank()) {
            throw malformed(key, "a text that is not empty");
        }
        return text;
    }

    String matching(String key, Pattern pattern, String expected) {
        String text = text(key);
        if (!pattern.matcher(text).matches()) {
            throw malformed(key, expected);
        }
        return text;
    }

    int positive(String key) {
        return whole(key, Integer.MAX_VALUE, "a positive whole number");
    }

    /** Reads a positive whole number; returns null if the value is the given word. */
    @Nullable
    Integer positiveOr(String word, String key) {
        return text(key).equals(word)
                ? null
                : Integer.valueOf(whole(key, Integer.MAX_VALUE, "a positive whole number, or " + word));
    }

    /** Reads a whole number from 1 to {@code greatest}. */
    int wholeUpTo(String key, int greatest) {
        return whole(key, greatest, "a whole number from 1 to " + greatest);
    }

    /** Reads a TCP port; returns null if the value is the given word. */
    @Nullable
    Integer portOr(String word, String key) {
        return text(key).equals(word)
                ? null
                : Integer.valueOf(whole(key, 65_535, "a port from 1 to 65535, or " + word));
    }

    Duration duration(String key) {
        return duration(key, DURATION);
    }

    /** Reads a duration; returns null if the value is the given word. */
    @Nullable
    Duration durationOr(String word, String key) {
        return text(key).equals(word) ? null : durationOrWord(key, "or " + word);
    }

    /** Reads a duration; the error message also lists the words that the setting accepts. */
    Duration durationOrWord(String key, String words) {
        return duration(key, DURATION + ", " + words);
    }

    /** Reads a fraction between 0 and 1, exclusive. */
    double share(String key) {
        return share(key, "");
    }

    /** Reads a fraction between 0 and 1, exclusive; returns null if the value is the given word. */
    @Nullable
    Double shareOr(String word, String key) {
        return text(key).equals(word) ? null : share(key, ", or " + word);
    }

    private double share(String key, String words) {
        return parsed(key, "a fraction above 0 and below 1, such as 0.2" + words, text -> {
            double share = Double.parseDouble(text);
            if (!(share > 0 && share < 1)) {
                throw new IllegalArgumentException(text);
            }
            return share;
        });
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

    /** Reads the earliest event time of {@link ReadingRules}. */
    Instant earliest(String key) {
        try {
            return ReadingRules.parseEarliest(text(key));
        } catch (IllegalArgumentException e) {
            throw malformed(key, String.valueOf(e.getMessage()));
        }
    }

    <E> E parsed(String key, String expected, Function<String, E> parser) {
        try {
            return parser.apply(text(key));
        } catch (RuntimeException e) {
            throw malformed(key, expected);
        }
    }

    ConfigurationException malformed(String key, String expected) {
        Object found = section.getIsNull(key) ? "null" : section.getValue(key).unwrapped();
        return ConfigurationException.malformed(path + "." + key, found, expected);
    }

    /** Parses the text of the value: Config::getInt would truncate 4.5 to 4. */
    private int whole(String key, int greatest, String expected) {
        return parsed(key, expected, text -> {
            int number = Integer.parseInt(text);
            if (number < 1 || number > greatest) {
                throw new IllegalArgumentException(text);
            }
            return number;
        });
    }

    private Duration duration(String key, String expected) {
        Duration duration = read(key, expected, Config::getDuration);
        if (duration.isNegative()
                || duration.isZero()
                || duration.compareTo(MAX_DURATION) > 0
                || BARE_NUMBER.matcher(text(key)).matches()) {
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
}
