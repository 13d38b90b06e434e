package io.weir.metricproducer.file.detection;

import io.weir.metricproducer.file.time.TimeFormat;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Guesses the format of event times. */
final class TimeDetection {

    static final String ZONE_NOTE =
            "The times have no offset: set their time zone with --zone, for example Europe/Brussels; the default is"
                    + " UTC";

    private static final Instant LIKELY_FROM = Instant.parse("1990-01-01T00:00:00Z");
    private static final Instant LIKELY_TO = Instant.parse("2200-01-01T00:00:00Z");

    private static final List<String> DATES = List.of(
            "yyyy-MM-dd",
            "yyyy/MM/dd",
            "yyyy.MM.dd",
            "dd.MM.yyyy",
            "dd/MM/yyyy",
            "MM/dd/yyyy",
            "dd-MM-yyyy",
            "d.M.yyyy",
            "d/M/yyyy",
            "M/d/yyyy",
            "dd.MM.yy",
            "dd/MM/yy",
            "d MMM yyyy",
            "dd-MMM-yyyy");

    private static final List<String> TIMES = List.of(
            "HH:mm:ss",
            "HH:mm",
            "HH:mm:ss.SSS",
            "HH.mm.ss",
            "HH.mm",
            "HH:mm:ss z",
            "HH:mm:ssXXX",
            "HH:mm:ss XX",
            "H:mm",
            "H:mm:ss",
            "hh:mm:ss a",
            "h:mm:ss a",
            "hh:mm a",
            "h:mm a");

    private static final List<String> WITH_TIME = withTime();

    /** Built once, because there are many. */
    private static final Map<String, TimeFormat> FORMATS = new ConcurrentHashMap<>();

    private TimeDetection() {}

    private static List<String> withTime() {
        List<String> formats = new ArrayList<>(List.of("iso", "epoch-s", "epoch-ms", "epoch-us", "epoch-ns"));
        for (String date : DATES) {
            TIMES.forEach(time -> formats.add(date + " " + time));
        }
        formats.addAll(List.of("yyyyMMddHHmmss", "yyyyMMdd HHmmss", "yyyyMMdd'T'HHmmss"));
        return List.copyOf(formats);
    }

    /** Returns a format in which the texts are likely times; formats of dates without a time come last. */
    static Optional<String> format(List<String> texts) {
        return instantFormat(texts).or(() -> first(DATES, texts));
    }

    /** Returns a format in which the texts are likely times with a time of day. */
    static Optional<String> instantFormat(List<String> texts) {
        boolean onlyDates = texts.stream().allMatch(text -> text.strip().length() <= "2026-01-01".length())
                && first(DATES, texts).isPresent();
        return onlyDates ? Optional.empty() : first(WITH_TIME, texts);
    }

    /** Returns another format that also parses all texts, with day and month swapped. */
    static Optional<String> swapped(String format, List<String> texts) {
        String other = format.startsWith("dd/MM") || format.startsWith("d/M")
                ? format.replace("dd/MM", "MM/dd").replace("d/M", "M/d")
                : format.replace("MM/dd", "dd/MM").replace("M/d", "d/M");
        return other.equals(format) || !reads(other, texts) ? Optional.empty() : Optional.of(other);
    }

    /** Returns whether texts in the format have no offset. */
    static boolean isLocal(String format) {
        return !format.startsWith("epoch") && !format.matches(".*[zX]$");
    }

    /**
     * Returns the first format that parses all texts, else the one that parses the most, if at least two thirds. It
     * must parse the first text: otherwise the first row may be a line of units.
     */
    private static Optional<String> first(List<String> formats, List<String> texts) {
        String best = "";
        long most = 0;
        for (String format : formats) {
            long read = count(format, texts);
            if (read > most && reads(format, texts.subList(0, 1))) {
                best = format;
                most = read;
            }
        }
        return most > 0 && 3 * most >= 2L * texts.size() ? Optional.of(best) : Optional.empty();
    }

    private static boolean reads(String format, List<String> texts) {
        return count(format, texts) == texts.size();
    }

    private static long count(String name, List<String> texts) {
        TimeFormat format = FORMATS.computeIfAbsent(name, pattern -> TimeFormat.of(pattern, ZoneOffset.UTC));
        return texts.stream().filter(text -> isLikely(text, format)).count();
    }

    private static boolean isLikely(String text, TimeFormat format) {
        try {
            Instant time = format.parse(text.strip()).first();
            return !time.isBefore(LIKELY_FROM) && time.isBefore(LIKELY_TO);
        } catch (DateTimeException e) {
            return false;
        }
    }
}
