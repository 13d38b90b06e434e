package io.weir.core.reading;

import com.fasterxml.jackson.core.JsonParser;
import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Parses one JSON object of a record. Reads all fields first, because a fault at the end can affect the whole object.
 * Not thread-safe.
 */
final class ReadingObject {

    // Null until the field occurs, so that a repeated field is detected.
    private @Nullable Field<String> device;
    private @Nullable Field<String> group;
    private @Nullable Field<String> metric;
    private @Nullable Field<Long> time;
    private @Nullable Field<Double> value;
    private @Nullable Field<List<Measurement>> values;
    private @Nullable Set<String> unknown;
    private @Nullable String repeated;

    private ReadingObject() {}

    /** Parses the object that starts at the parser's current token, and leaves the parser at its end. */
    static ReadingObject read(JsonParser json) throws IOException {
        ReadingObject object = new ReadingObject();
        String field = json.nextFieldName();
        while (field != null) {
            json.nextToken();
            object.readField(field, json);
            field = json.nextFieldName();
        }
        return object;
    }

    /** Adds the readings and rejections of the object, at least one. The payload of a rejection is the whole object. */
    void addTo(Elements elements, byte[] record, int from, int length) {
        Field<List<Measurement>> several = orAbsent(values);
        Fault objectFault = objectFault(several);
        if (objectFault != null) {
            elements.add(Rejection.of(objectFault.reason(), objectFault.detail(), record, from, length));
            return;
        }
        List<Measurement> measurements = several.value();
        if (measurements == null) {
            measurements = List.of(new Measurement(orAbsent(metric), orAbsent(value), null));
        }
        Header header = new Header(orAbsent(device), orAbsent(group), orAbsent(time));
        for (Measurement measurement : measurements) {
            elements.add(header.toReading(measurement, record, from, length));
        }
    }

    /** Returns the device of the object; null if it is absent or not a valid name. */
    @Nullable
    String device() {
        return orAbsent(device).value();
    }

    private void readField(String field, JsonParser json) throws IOException {
        switch (field) {
            case "device" -> device = once(field, device, FieldReader.name(json, field));
            case "group" -> group = once(field, group, FieldReader.name(json, field));
            case "metric" -> metric = once(field, metric, FieldReader.name(json, field));
            case "time" -> time = once(field, time, FieldReader.time(json));
            case "value" -> value = once(field, value, FieldReader.value(json));
            case "values" -> values = once(field, values, Measurement.readAll(json));
            default -> skip(field, json);
        }
    }

    private <T> Field<T> once(String field, @Nullable Field<T> before, Field<T> now) {
        if (before != null) {
            repeated = field;
        }
        return now;
    }

    private void skip(String field, JsonParser json) throws IOException {
        if (unknown == null) {
            unknown = new HashSet<>();
        }
        if (!unknown.add(field)) {
            repeated = field;
        }
        json.skipChildren();
    }

    /** Returns why the object as a whole is one rejection; null if its measurements are independent. */
    private @Nullable Fault objectFault(Field<List<Measurement>> several) {
        if (repeated != null) {
            return new Fault(RejectReason.MALFORMED, "field " + Fault.quote(repeated) + " is given more than once");
        }
        if (!several.isAbsent()
                && !(orAbsent(metric).isAbsent() && orAbsent(value).isAbsent())) {
            return new Fault(RejectReason.MALFORMED, "found values beside metric or value, expected one or the other");
        }
        return several.fault();
    }

    private static <T> Field<T> orAbsent(@Nullable Field<T> field) {
        return field == null ? Field.absent() : field;
    }
}
