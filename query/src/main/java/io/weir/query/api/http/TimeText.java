package io.weir.query.api.http;

import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Parses the times that a caller asks for: ISO-8601, epoch milliseconds, or relative to now. All methods throw
 * IllegalArgumentException with what was found and expected.
 */
public final class TimeText {

    static final String EXPECTED = "a time in ISO-8601 with an offset such as 2026-03-29T01:30:00+01:00, epoch"
            + " milliseconds, now, or one relative to now such as -24h (s, m, h, d or w), from the year 1 to 9999";

    private static final String EXPECTED_IN_ZONE = "a date such as 2026-03-29, a time such as 2026-03-29T01:30:00Z or"
            + " 2026-03-29T01:30:00, epoch milliseconds, now, or one relative to now such as -24h (s, m, h, d or w),"
            + " from the year 1 to 9999";

    private static final Pattern EPOCH = Pattern.compile("-?\\d{1,15}");
    private static final Pattern RELATIVE = Pattern.compile("-(\\d{1,9})([smhdw])");

    /** A date, or a date and a time without an offset. */
    private static final Pattern LOCAL = Pattern.compile("\\d{4}-\\d\\d-\\d\\d(T[\\d:.]+)?");

    /** Epoch seconds from 1973 to 2286: as milliseconds, they are times of the first four months of 1970. */
    private static final Pattern LIKE_SECONDS = Pattern.compile("\\d{9,10}");

    private static final Instant EARLIEST = Instant.parse("0001-01-01T00:00:00Z");
    private static final Instant LATEST = Instant.parse("9999-12-31T23:59:59.999Z");

    private TimeText() {}

    /** Returns a time that has an offset or needs none, in milliseconds since the epoch; finer digits are truncated. */
    public static long millis(String text, Clock clock) {
        return bounded(text, EXPECTED, () -> instant(text, clock));
    }

    /**
     * Returns a time, in milliseconds since the epoch; finer digits are truncated. A date is its first instant.
     *
     * @param zone of dates and times without an offset
     */
    public static long millis(String text, Clock clock, ZoneId zone) {
        return bounded(text, EXPECTED_IN_ZONE, () -> needsZone(text) ? local(text, zone) : instant(text, clock));
    }

    /** Returns whether a text is a date or a time without an offset. */
    public static boolean needsZone(String text) {
        return LOCAL.matcher(text).matches();
    }

    private static long bounded(String text, String expected, Supplier<Instant> parser) {
        try {
            Instant time = parser.get();
            if (!time.isBefore(EARLIEST) && !time.isAfter(LATEST)) {
                return time.toEpochMilli();
            }
        } catch (DateTimeException | ArithmeticException e) {
            throw unexpected(text, expected, e);
        }
        throw unexpected(text, expected, null);
    }

    private static Instant instant(String text, Clock clock) {
        if (text.equals("now")) {
            return clock.instant();
        }
        if (LIKE_SECONDS.matcher(text).matches()) {
            throw new IllegalArgumentException("found \"" + text + "\", which looks like seconds since the epoch;"
                    + " expected milliseconds: " + text + "000");
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

    private static Instant local(String text, ZoneId zone) {
        if (text.indexOf('T') < 0) {
            return LocalDate.parse(text).atStartOfDay(zone).toInstant();
        }
        LocalDateTime time = LocalDateTime.parse(text);
        List<ZoneOffset> offsets = zone.getRules().getValidOffsets(time);
        if (offsets.size() != 1) {
            throw new IllegalArgumentException("found \"" + text + "\", which "
                    + (offsets.isEmpty() ? "does not exist" : "occurs twice") + " in " + zone
                    + ", because the clock changes there; expected a time with an offset");
        }
        return time.toInstant(offsets.get(0));
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

    private static IllegalArgumentException unexpected(String text, String expected, @Nullable Exception e) {
        return new IllegalArgumentException("found \"" + text + "\"; expected " + expected, e);
    }
}
