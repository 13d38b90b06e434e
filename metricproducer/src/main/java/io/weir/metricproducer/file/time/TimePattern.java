package io.weir.metricproducer.file.time;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.ResolverStyle;
import java.time.temporal.ChronoField;
import java.time.temporal.ChronoUnit;
import java.time.temporal.TemporalAccessor;
import java.time.temporal.TemporalQueries;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Converts a pattern into a formatter. Rejects a pattern whose fields do not form a time at once: otherwise each row
 * would have a wrong time, or be bad.
 */
final class TimePattern {

    /** The letters of fields of a time of day. */
    private static final String TIME_LETTERS = "HhKkaBmsSAnN";

    /** Times that differ in every field, including AM and PM. */
    private static final List<ZonedDateTime> SAMPLES = List.of(
            ZonedDateTime.of(2023, 8, 25, 13, 5, 6, 789_000_000, ZoneOffset.UTC),
            ZonedDateTime.of(2024, 1, 30, 1, 9, 8, 0, ZoneOffset.UTC));

    private final String pattern;

    /** The parts of the pattern between the letters of zone names. */
    private final List<String> parts = new ArrayList<>();

    private final StringBuilder letters = new StringBuilder();
    private boolean quotesZ;

    private TimePattern(String pattern) {
        this.pattern = pattern;
        scan();
    }

    /**
     * Returns the formatter of a pattern.
     *
     * @param zone the zone of times without an offset
     * @throws IllegalArgumentException if the pattern is invalid, or has no complete time
     */
    static DateTimeFormatter formatter(String pattern, ZoneId zone) {
        TimePattern scanned = new TimePattern(pattern);
        scanned.check(zone);
        return scanned.build(false);
    }

    /** Returns whether every text must contain a zone: the pattern has a zone name and no optional part. */
    static boolean needsZone(String pattern) {
        TimePattern scanned = new TimePattern(pattern);
        return scanned.parts.size() > 1 && pattern.indexOf('[') < 0;
    }

    private void scan() {
        StringBuilder part = new StringBuilder();
        boolean quoted = false;
        StringBuilder quotation = new StringBuilder();
        int at = 0;
        while (at < pattern.length()) {
            char c = pattern.charAt(at);
            if (c == '\'') {
                quotesZ |= quoted && quotation.toString().equals("Z");
                quotation.setLength(0);
                quoted = !quoted;
            } else if (quoted) {
                quotation.append(c);
            } else if (c == 'z' || c == 'v') {
                at = zoneNames(at);
                parts.add(part.toString());
                part.setLength(0);
                continue;
            } else {
                letters.append(c);
            }
            part.append(c);
            at++;
        }
        parts.add(part.toString());
    }

    /** Skips the letters of a zone name; returns the position after them. */
    private int zoneNames(int from) {
        int to = from;
        while (to < pattern.length() && pattern.charAt(to) == pattern.charAt(from)) {
            to++;
        }
        if (pattern.charAt(from) == 'v' || to - from > 3) {
            throw refused("written-out zone names are ambiguous; expected z for an"
                    + " abbreviation such as CET, XXX for an offset or VV for a zone id such as Europe/Brussels");
        }
        return to;
    }

    private void check(ZoneId zone) {
        DateTimeFormatter formatter = build(true);
        if (quotesZ && !zone.equals(ZoneId.of("UTC")) && !zone.normalized().equals(ZoneOffset.UTC)) {
            throw refused("'Z' in quotes is ignored, and times are read in " + zone
                    + "; expected X without quotes, which reads Z as UTC");
        }
        boolean hasTime = letters.chars().anyMatch(letter -> TIME_LETTERS.indexOf(letter) >= 0);
        for (ZonedDateTime sample : SAMPLES) {
            TemporalAccessor parsed = parse(formatter, sample);
            LocalDate date = parsed == null ? null : parsed.query(TemporalQueries.localDate());
            LocalTime time = parsed == null ? null : parsed.query(TemporalQueries.localTime());
            if (date == null || !date.equals(sample.toLocalDate())) {
                throw refused(
                        "it contains no complete date; expected fields such as yyyy-MM-dd (yyyy is the year, MM the"
                                + " month, dd the day of the month)");
            }
            if (hasTime
                    && (time == null
                            || !time.truncatedTo(ChronoUnit.HOURS)
                                    .equals(sample.toLocalTime().truncatedTo(ChronoUnit.HOURS)))) {
                throw refused("it contains no complete time of day: " + timeHint());
            }
        }
    }

    private static @Nullable TemporalAccessor parse(DateTimeFormatter formatter, ZonedDateTime sample) {
        try {
            return formatter.parse(formatter.format(sample));
        } catch (DateTimeException e) {
            return null;
        }
    }

    private String timeHint() {
        boolean halves = letters.indexOf("h") >= 0 || letters.indexOf("K") >= 0;
        return halves && letters.indexOf("a") < 0
                ? "hh is the hour of a clock and needs a for AM or PM; HH is the hour from 00 to 23"
                : "expected HH, HH:mm or HH:mm:ss (HH is the hour, mm the minute, ss the second, SSS its fraction)";
    }

    /**
     * @param sample whether zone names are printed and parsed as offsets, so that a sample can be printed and parsed
     */
    private DateTimeFormatter build(boolean sample) {
        try {
            // Strict, so that 30 February is not read as the 28th; the default era is needed for yyyy in strict mode.
            DateTimeFormatterBuilder builder = new DateTimeFormatterBuilder().parseCaseInsensitive();
            for (int i = 0; i < parts.size(); i++) {
                if (i > 0 && sample) {
                    builder.appendOffsetId();
                } else if (i > 0) {
                    ZoneAbbreviations.append(builder);
                }
                builder.appendPattern(parts.get(i));
            }
            return builder.parseDefaulting(ChronoField.ERA, 1)
                    .toFormatter(Locale.ENGLISH)
                    .withResolverStyle(ResolverStyle.STRICT);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "time format \"" + pattern + "\" is not a pattern: " + e.getMessage()
                            + "; expected one such as yyyy-MM-dd HH:mm:ss, or iso, epoch-s, epoch-ms, epoch-us, epoch-ns",
                    e);
        }
    }

    private IllegalArgumentException refused(String why) {
        return new IllegalArgumentException("time format \"" + pattern + "\" cannot be used: " + why);
    }
}
