package io.weir.local.command.terminal;

import io.weir.query.api.http.TimeText;
import java.time.Clock;
import java.time.ZoneOffset;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Checks a time, and keeps its text until the zone of times without an offset is known; see {@link TimeText}. */
public final class TimeConverter implements ITypeConverter<String> {

    @Override
    public String convert(String text) {
        try {
            TimeText.millis(text, Clock.systemUTC(), ZoneOffset.UTC);
            return text;
        } catch (IllegalArgumentException e) {
            throw new TypeConversionException(e.getMessage());
        }
    }
}
