package io.weir.metricproducer.file.time;

import io.weir.metricproducer.file.record.RepeatedHour;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.DateTimeParseException;
import java.time.format.ResolverStyle;
import java.time.temporal.ChronoField;
import java.time.temporal.TemporalAccessor;
import java.time.temporal.TemporalQueries;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Parses the event times of a file: texts by a pattern of {@link DateTimeFormatter} or in ISO-8601, or epoch times.
 *
 * <p>A text without an offset is a local time in the zone, and a date is its first instant. Local times that do not
 * exist because the clock is set forward are rejected. Ambiguous local times, when the clock is set back, have two
 * instants; {@link RepeatedHour} resolves them.
 */
public final class TimeFormat {

    private final Reader reader;

    private TimeFormat(Reader reader) {
        this.reader = reader;
    }

    /**
     * Returns the format with this name.
     *
     * @param format {@code iso}, {@code epoch-s}, {@code epoch-ms}, {@code epoch-us}, {@code epoch-ns}, or a pattern
     *     such as {@code yyyy-MM-dd HH:mm:ss}
     * @param zone the zone of texts without an offset
     * @throws IllegalArgumentException if the format is none of these, or a pattern without a complete time
     */
    public static TimeFormat of(String format, ZoneId zone) {
        Optional<EpochUnit> unit = EpochUnit.ofFormat(format);
        if (unit.isPresent()) {
            return new TimeFormat(text -> Moment.at(unit.get().read(text)));
        }
        Texts texts = format.equals("iso")
                ? new Texts(iso(), zone, "ISO-8601", false)
                : new Texts(TimePattern.formatter(format, zone), zone, format, TimePattern.needsZone(format));
        return new TimeFormat(text -> texts.read(format.equals("iso") ? text.replaceFirst(" ", "T") : text));
    }

    /** Parses the text; throws DateTimeException with the reason if it is not a time. */
    public Moment parse(String text) {
        return reader.read(text);
    }

    private static DateTimeFormatter iso() {
        return new DateTimeFormatterBuilder()
                .parseCaseInsensitive()
                .append(DateTimeFormatter.ISO_LOCAL_DATE)
                .optionalStart()
                .appendLiteral('T')
                .append(DateTimeFormatter.ISO_LOCAL_TIME)
                .optionalStart()
                .appendOffset("+HHMM", "+0000")
                .optionalEnd()
                .optionalStart()
                .appendOffset("+HH:mm", "Z")
                .toFormatter(Locale.ROOT)
                .withResolverStyle(ResolverStyle.STRICT);
    }

    /**
     * Parses texts.
     *
     * @param zone the zone of texts without an offset
     * @param needsZone whether a text must have an offset, even if it is optional in the formatter
     */
    private record Texts(DateTimeFormatter format, ZoneId zone, String expected, boolean needsZone) {

        Moment read(String text) {
            TemporalAccessor parsed = parsed(text);
            boolean hasOffset = parsed.isSupported(ChronoField.OFFSET_SECONDS);
            if (hasOffset && parsed.isSupported(ChronoField.INSTANT_SECONDS)) {
                return Moment.at(Instant.from(parsed));
            }
            LocalDate date = parsed.query(TemporalQueries.localDate());
            LocalTime time = parsed.query(TemporalQueries.localTime());
            ZoneId own = parsed.query(TemporalQueries.zone());
            ZoneId in = own == null ? zone : own;
            if (date == null || (needsZone && !hasOffset)) {
                throw new DateTimeException("expected " + expected);
            }
            return time == null ? Moment.at(date.atStartOfDay(in).toInstant()) : local(date.atTime(time), in);
        }

        private TemporalAccessor parsed(String text) {
            try {
                return format.parse(text);
            } catch (DateTimeParseException e) {
                String ambiguous = ZoneAbbreviations.ambiguous(text);
                throw new DateTimeException(
                        ambiguous == null
                                ? "expected " + expected
                                : ambiguous + " means a different offset in different places; expected an offset such"
                                        + " as +01:00 (pattern XXX) or a zone id such as Europe/London (pattern VV)",
                        e);
            }
        }
    }

    private static Moment local(LocalDateTime time, ZoneId zone) {
        List<ZoneOffset> offsets = zone.getRules().getValidOffsets(time);
        if (offsets.isEmpty()) {
            throw new DateTimeException(time + " does not exist in " + zone + ": the clock is set forward there");
        }
        return new Moment(
                time,
                zone,
                time.toInstant(offsets.get(0)),
                offsets.size() > 1 ? zone.getRules().getTransition(time) : null);
    }

    private interface Reader {
        Moment read(String text);
    }
}
