package io.weir.local.command;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Parses a point in time: ISO-8601 with an offset, or milliseconds since the epoch. */
final class InstantConverter implements ITypeConverter<Instant> {

    @Override
    public Instant convert(String text) {
        if (text.matches("-?\\d{1,17}")) {
            return Instant.ofEpochMilli(Long.parseLong(text));
        }
        try {
            return OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeException e) {
            throw new TypeConversionException("\"" + text + "\" is not a point in time; expected ISO-8601 with an"
                    + " offset,"
                    + " such as 2026-03-29T01:30:00Z or 2026-03-29T01:30:00+02:00, or milliseconds since the epoch");
        }
    }
}
