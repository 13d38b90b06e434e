package io.weir.core.reading;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Parses event times and truncates them to whole milliseconds since the epoch, towards the past.
 *
 * <p>Strings are ISO-8601 dates and times with an offset ({@code Z}, {@code +01:00}, {@code +0100} or {@code +01});
 * seconds and a fraction of them are optional.
 */
final class EventTime {

    /** The earliest time with a year of four digits, in milliseconds since the epoch. */
    private static final long MIN = -62_167_219_200_000L;

    private static final long MAX = 253_402_300_799_999L;

    private static final Pattern ISO =
            Pattern.compile("([^Tt]+[Tt]\\d\\d:\\d\\d(?::\\d\\d)?)(?:(?<=:\\d\\d:\\d\\d)\\.(\\d+))?"
                    + "([Zz]|[+-]\\d\\d(?::?\\d\\d)?)");

    private static final int WITH_SECONDS = "2026-03-29T01:30:00Z".length();
    private static final int WITH_MILLIS = "2026-03-29T01:30:00.125Z".length();

    private EventTime() {}

    static boolean isInRange(long time) {
        return time >= MIN && time <= MAX;
    }

    /** Returns whether an instant is in range; it may be one whose milliseconds do not fit into a long. */
    static boolean isInRange(Instant time) {
        return !time.isBefore(Instant.ofEpochMilli(MIN)) && !time.isAfter(Instant.ofEpochMilli(MAX));
    }

    /**
     * Parses an ISO-8601 time; returns null if the text is none. A time outside of the supported years is out of range.
     */
    static @Nullable Long parse(String text) {
        Long common = parseCommonForm(text);
        return common == null ? parseAny(text) : common;
    }

    /**
     * Parses the forms that most devices send, {@code 2026-03-29T01:30:00.125Z} and {@code 2026-03-29T01:30:00Z}, much
     * faster than {@link #parseAny}; returns null for other forms.
     */
    private static @Nullable Long parseCommonForm(String text) {
        int length = text.length();
        boolean hasForm = (length == WITH_MILLIS || length == WITH_SECONDS)
                && text.charAt(4) == '-'
                && text.charAt(7) == '-'
                && text.charAt(10) == 'T'
                && text.charAt(13) == ':'
                && text.charAt(16) == ':'
                && (length == WITH_SECONDS || text.charAt(19) == '.')
                && text.charAt(length - 1) == 'Z';
        if (!hasForm) {
            return null;
        }
        int year = digits(text, 0, 4);
        int month = digits(text, 5, 7);
        int day = digits(text, 8, 10);
        int hour = digits(text, 11, 13);
        int minute = digits(text, 14, 16);
        int second = digits(text, 17, 19);
        int milli = length == WITH_SECONDS ? 0 : digits(text, 20, 23);
        boolean isValid = (year | month | day | hour | minute | second | milli) >= 0
                && month >= 1
                && month <= 12
                && day >= 1
                && (day <= 28 || day <= YearMonth.of(year, month).lengthOfMonth())
                && hour < 24
                && minute < 60
                && second < 60;
        if (!isValid) {
            return null;
        }
        long minutes = (LocalDate.of(year, month, day).toEpochDay() * 24 + hour) * 60 + minute;
        return (minutes * 60 + second) * 1000 + milli;
    }

    /** Returns the number in text[from, to), or -1 if it contains anything but digits. */
    private static int digits(String text, int from, int to) {
        int number = 0;
        for (int i = from; i < to; i++) {
            int digit = text.charAt(i) - '0';
            if (digit < 0 || digit > 9) {
                return -1;
            }
            number = number * 10 + digit;
        }
        return number;
    }

    private static @Nullable Long parseAny(String text) {
        Matcher iso = ISO.matcher(text);
        if (!iso.matches()) {
            return null;
        }
        try {
            long seconds = LocalDateTime.parse(iso.group(1)).toEpochSecond(ZoneOffset.of(zone(iso.group(3))));
            if (seconds < MIN / 1000) {
                return Long.MIN_VALUE;
            }
            return seconds > MAX / 1000 ? Long.MAX_VALUE : seconds * 1000 + millis(iso.group(2));
        } catch (DateTimeException e) {
            return null;
        }
    }

    /** Parses a JSON number of milliseconds since the epoch. */
    static long ofNumber(String number) {
        double approximate = Double.parseDouble(number);
        if (Math.abs(approximate) > MAX) {
            return approximate < 0 ? Long.MIN_VALUE : Long.MAX_VALUE;
        }
        if (Math.abs(approximate) < 1) {
            return approximate < 0 ? -1 : 0; // avoids expanding a number with very many leading zeros
        }
        return new BigDecimal(number).setScale(0, RoundingMode.FLOOR).longValue();
    }

    private static String zone(String offset) {
        return offset.equals("z") ? "Z" : offset;
    }

    /**
     * Returns the milliseconds of a fraction of a second. It is never negative, so truncating its digits truncates
     * towards the past.
     */
    private static int millis(@Nullable String fraction) {
        return fraction == null ? 0 : Integer.parseInt((fraction + "00").substring(0, 3));
    }
}
