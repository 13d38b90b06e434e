package io.weir.metricproducer.file.time;

import java.time.ZoneOffset;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The supported zone abbreviations. Each is a fixed offset, independent of the date: 12:00 CET in July is 11:00 UTC.
 * Ambiguous abbreviations are rejected.
 */
final class ZoneAbbreviations {

    private static final Map<String, ZoneOffset> OFFSETS = offsets();

    private static final Pattern AMBIGUOUS =
            Pattern.compile("(?i)(?<![\\p{L}\\d])(ACT|ADT|AMT|AST|BST|CDT|CST|ECT|GST|IST|LMT|SST|WST)(?![\\p{L}\\d])");

    private ZoneAbbreviations() {}

    private static Map<String, ZoneOffset> offsets() {
        Map<String, ZoneOffset> offsets = new LinkedHashMap<>();
        put(offsets, "Z", "UTC", "UT", "GMT", "WET", "Z");
        put(offsets, "+01:00", "CET", "MEZ", "WEST");
        put(offsets, "+02:00", "CEST", "MESZ", "EET", "SAST");
        put(offsets, "+03:00", "EEST", "MSK");
        put(offsets, "+08:00", "AWST", "HKT", "SGT");
        put(offsets, "+09:00", "JST", "KST");
        put(offsets, "+09:30", "ACST");
        put(offsets, "+10:00", "AEST");
        put(offsets, "+10:30", "ACDT");
        put(offsets, "+11:00", "AEDT");
        put(offsets, "+12:00", "NZST");
        put(offsets, "+13:00", "NZDT");
        put(offsets, "-03:30", "NST");
        put(offsets, "-02:30", "NDT");
        put(offsets, "-04:00", "EDT");
        put(offsets, "-05:00", "EST");
        put(offsets, "-06:00", "MDT");
        put(offsets, "-07:00", "MST", "PDT");
        put(offsets, "-08:00", "PST", "AKDT");
        put(offsets, "-09:00", "AKST");
        put(offsets, "-10:00", "HST");
        return offsets;
    }

    private static void put(Map<String, ZoneOffset> offsets, String offset, String... abbreviations) {
        for (String abbreviation : abbreviations) {
            offsets.put(abbreviation, ZoneOffset.of(offset));
        }
    }

    /** Lets the formatter parse an optional abbreviation as an offset. */
    static void append(DateTimeFormatterBuilder builder) {
        OFFSETS.forEach((abbreviation, offset) -> builder.optionalStart()
                .appendText(ChronoField.OFFSET_SECONDS, Map.of((long) offset.getTotalSeconds(), abbreviation))
                .optionalEnd());
    }

    /** Returns an ambiguous abbreviation in the text; null if there is none. */
    static @Nullable String ambiguous(String text) {
        Matcher matcher = AMBIGUOUS.matcher(text);
        return matcher.find() ? matcher.group(1) : null;
    }
}
