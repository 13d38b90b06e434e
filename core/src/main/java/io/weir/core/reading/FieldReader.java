package io.weir.core.reading;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Parses the JSON value at the parser's current token into a field; leaves the parser at the last token of the value.
 */
final class FieldReader {

    private FieldReader() {}

    /** Parses the name of a device, group or metric. */
    static Field<String> name(JsonParser json, String field) throws IOException {
        JsonToken token = json.currentToken();
        if (token == JsonToken.VALUE_STRING) {
            return name(json.getText(), field);
        }
        json.skipChildren();
        return token == JsonToken.VALUE_NULL
                ? Field.absent()
                : Field.faulty(RejectReason.BAD_NAME, field + " must be a string, found " + Fault.kind(token));
    }

    static Field<String> name(String name, String field) {
        String fault = NameRule.faultOf(name);
        return fault == null
                ? Field.of(name)
                : Field.faulty(
                        RejectReason.BAD_NAME,
                        field + " " + fault + ", found " + Fault.quote(name) + " ("
                                + name.codePointCount(0, name.length()) + " characters)");
    }

    /** Parses a measured value: a number within the range of a double. */
    static Field<Double> value(JsonParser json) throws IOException {
        JsonToken token = json.currentToken();
        if (!token.isNumeric()) {
            json.skipChildren();
            return token == JsonToken.VALUE_NULL
                    ? Field.absent()
                    : Field.faulty(RejectReason.NOT_A_NUMBER, "value must be a number, found " + Fault.kind(token));
        }
        double value = json.getDoubleValue();
        if (Double.isFinite(value)) {
            return Field.of(value);
        }
        String text = json.getText();
        return isDecimal(text)
                ? Field.faulty(RejectReason.OUT_OF_RANGE, "value " + Fault.cut(text) + " is beyond 1e100 in magnitude")
                : Field.faulty(RejectReason.NOT_A_NUMBER, "value must be a finite number, found " + text);
    }

    /** Parses an event time: an ISO-8601 string with an offset, or a number of milliseconds since the epoch. */
    static Field<Long> time(JsonParser json) throws IOException {
        JsonToken token = json.currentToken();
        if (token == JsonToken.VALUE_STRING) {
            String text = json.getText();
            return timeOf(EventTime.parse(text), () -> Fault.quote(text));
        }
        if (token.isNumeric()) {
            String text = json.getText();
            return timeOf(isDecimal(text) ? EventTime.ofNumber(text) : null, () -> Fault.cut(text));
        }
        json.skipChildren();
        return token == JsonToken.VALUE_NULL ? Field.absent() : timeOf(null, () -> Fault.kind(token));
    }

    private static Field<Long> timeOf(@Nullable Long time, Supplier<String> found) {
        if (time == null) {
            return Field.faulty(
                    RejectReason.MALFORMED,
                    "time must be ISO-8601 with an offset, such as 2026-03-29T01:30:00.125Z, or milliseconds since the"
                            + " epoch as a number, found " + found.get());
        }
        return EventTime.isInRange(time)
                ? Field.of(time)
                : Field.faulty(
                        RejectReason.TIME_OUT_OF_RANGE, "time must be in the years 0 to 9999, found " + found.get());
    }

    /** Returns true for a number of any size, but false for NaN, INF and Infinity, which the parser accepts. */
    private static boolean isDecimal(String number) {
        char last = number.charAt(number.length() - 1);
        return last >= '0' && last <= '9';
    }
}
