package io.weir.metricproducer.file;

import java.math.BigDecimal;
import java.math.RoundingMode;
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

/**
 * Reads the event times of a file: texts by a pattern of {@link DateTimeFormatter} or in ISO-8601, or numbers since the
 * epoch.
 *
 * <p>A text without an offset is local time in the zone, and a date alone is its first instant. When the zone's clock
 * goes forward, the local times that it skips are refused; when it goes back, a local time that it shows twice is taken
 * as the first of the two.
 */
public final class TimeFormat {

    private final String name;
    private final Reader reader;

    private TimeFormat(String name, Reader reader) {
        this.name = name;
        this.reader = reader;
    }

    /**
     * Returns the format with this name.
     *
     * @param format {@code iso}, {@code epoch-ms}, {@code epoch-s}, or a pattern such as {@code yyyy-MM-dd HH:mm:ss}
     * @param zone the zone of texts without an offset
     * @throws IllegalArgumentException if the format is none of these
     */
    public static TimeFormat of(String format, ZoneId zone) {
        return switch (format) {
            case "iso" -> {
                DateTimeFormatter iso = iso();
                yield new TimeFormat("ISO-8601", cell -> text(cell.replaceFirst(" ", "T"), iso, zone));
            }
            case "epoch-ms" -> new TimeFormat("milliseconds since the epoch", cell -> epoch(cell, 0));
            case "epoch-s" -> new TimeFormat("seconds since the epoch", cell -> epoch(cell, 3));
            default -> {
                DateTimeFormatter pattern = pattern(format);
                yield new TimeFormat(format, cell -> text(cell, pattern, zone));
            }
        };
    }

    /** Reads the cell, cut to milliseconds; throws DateTimeException if it is no time, and says why. */
    Instant parse(String cell) {
        try {
            return reader.read(cell);
        } catch (DateTimeParseException | ArithmeticException | NumberFormatException e) {
            throw new DateTimeException("expected " + name, e);
        }
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

    /** Strict, so that 30 February is not taken for the 28th; the era lets {@code yyyy} stand for a year all the same. */
    private static DateTimeFormatter pattern(String pattern) {
        try {
            return new DateTimeFormatterBuilder()
                    .parseCaseInsensitive()
                    .appendPattern(pattern)
                    .parseDefaulting(ChronoField.ERA, 1)
                    .toFormatter(Locale.ENGLISH)
                    .withResolverStyle(ResolverStyle.STRICT);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "time format \"" + pattern + "\" is not a pattern: " + e.getMessage()
                            + "; expected one such as yyyy-MM-dd HH:mm:ss, or iso, epoch-ms, epoch-s",
                    e);
        }
    }

    private static Instant text(String cell, DateTimeFormatter format, ZoneId zone) {
        TemporalAccessor parsed = format.parse(cell);
        LocalDate date = parsed.query(TemporalQueries.localDate());
        LocalTime time = parsed.query(TemporalQueries.localTime());
        ZoneId own = parsed.query(TemporalQueries.zone());
        if (parsed.isSupported(ChronoField.INSTANT_SECONDS)) {
            return Instant.from(parsed);
        }
        if (date == null) {
            throw new DateTimeException("the format names no date");
        }
        ZoneId in = own == null ? zone : own;
        return time == null ? date.atStartOfDay(in).toInstant() : local(date.atTime(time), in);
    }

    private static Instant local(LocalDateTime time, ZoneId zone) {
        List<ZoneOffset> offsets = zone.getRules().getValidOffsets(time);
        if (offsets.isEmpty()) {
            throw new DateTimeException(time + " does not exist in " + zone + ": its clock goes forward there");
        }
        return time.toInstant(offsets.get(0));
    }

    private static Instant epoch(String cell, int decimalsToMillis) {
        if (cell.length() > 40) {
            throw new NumberFormatException("too long for a time");
        }
        BigDecimal number = new BigDecimal(cell);
        if (Math.abs((long) number.scale()) > 40) {
            throw new NumberFormatException("too many zeros for a time");
        }
        return Instant.ofEpochMilli(number.scaleByPowerOfTen(decimalsToMillis)
                .setScale(0, RoundingMode.FLOOR)
                .longValueExact());
    }

    private interface Reader {
        Instant read(String cell);
    }
}
