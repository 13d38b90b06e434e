package io.weir.query.api;

import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Parses the times of requests: ISO-8601 with an offset, epoch milliseconds, or relative to now. */
final class TimeText {

    static final String EXPECTED = "a time in ISO-8601 with an offset such as 2026-03-29T01:30:00+01:00, epoch"
            + " milliseconds, now, or one relative to now such as -24h (s, m, h, d or w), from the year 1 to 9999";

    private static final Pattern EPOCH = Pattern.compile("-?\\d{1,15}");
    private static final Pattern RELATIVE = Pattern.compile("-(\\d{1,9})([smhdw])");
    private static final Instant EARLIEST = Instant.parse("0001-01-01T00:00:00Z");
    private static final Instant LATEST = Instant.parse("9999-12-31T23:59:59.999Z");

    private TimeText() {}

    /** Returns the time, in milliseconds since the epoch; finer digits are truncated. */
    static long millis(String text, Clock clock) {
        try {
            Instant time = instant(text, clock);
            if (!time.isBefore(EARLIEST) && !time.isAfter(LATEST)) {
                return time.toEpochMilli();
            }
        } catch (DateTimeException | ArithmeticException e) {
            throw unexpected(text, e);
        }
        throw unexpected(text, null);
    }

    private static Instant instant(String text, Clock clock) {
        if (text.equals("now")) {
            return clock.instant();
        }
        if (EPOCH.matcher(text).matches()) {
            return Instant.ofEpochMilli(Long.parseLong(text));
        }
        Matcher relative = RELATIVE.matcher(text);
        if (relative.matches()) {
            return clock.instant().minus(unit(relative.group(2)).multipliedBy(Long.parseLong(relative.group(1))));
        }
        return OffsetDateTime.parse(text, DateTimeFormatter.ISO_OFFSET_DATE_TIME)
                .toInstant();
    }

    private static Duration unit(String letter) {
        return switch (letter) {
            case "s" -> Duration.ofSeconds(1);
            case "m" -> Duration.ofMinutes(1);
            case "h" -> Duration.ofHours(1);
            case "d" -> Duration.ofDays(1);
            default -> Duration.ofDays(7);
        };
    }

    private static IllegalArgumentException unexpected(String text, @Nullable Exception e) {
        return new IllegalArgumentException("found \"" + text + "\"; expected " + EXPECTED, e);
    }
}
