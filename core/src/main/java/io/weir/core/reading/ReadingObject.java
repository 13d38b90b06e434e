package io.weir.core.reading;

import com.fasterxml.jackson.core.JsonParser;
import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One JSON object of a record on its way to readings: first all its fields are read, whatever they hold, then it is
 * decided what they make, since a field at the end can spoil the whole object.
 */
final class ReadingObject {

    // Null until the field is met, so that a second time is noticed.
    private @Nullable Field<String> device;
    private @Nullable Field<String> group;
    private @Nullable Field<String> metric;
    private @Nullable Field<Long> time;
    private @Nullable Field<Double> value;
    private @Nullable Field<List<Measurement>> values;
    private @Nullable Set<String> unknown;
    private @Nullable String repeated;

    private ReadingObject() {}

    /** Reads the object that begins at the parser's token, and leaves the parser at its end. */
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

    /** Adds what the object holds, at least one element; rejections carry the object's bytes. */
    void addTo(Elements elements, byte[] record, int from, int length) {
        Field<List<Measurement>> several = met(values);
        Fault spoilt = faultOfAll(several);
        if (spoilt != null) {
            elements.add(Rejection.of(spoilt.reason(), spoilt.detail(), record, from, length));
            return;
        }
        List<Measurement> measurements = several.value();
        if (measurements == null) {
            measurements = List.of(new Measurement(met(metric), met(value), null));
        }
        Header header = new Header(met(device), met(group), met(time));
        for (Measurement measurement : measurements) {
            elements.add(header.with(measurement, record, from, length));
        }
    }

    /** Returns the device that the object names; null if it names none, or none that keeps the rule for names. */
    @Nullable
    String device() {
        return met(device).value();
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

    /** Returns why the object as a whole is one rejection, or null if its measurements stand alone. */
    private @Nullable Fault faultOfAll(Field<List<Measurement>> several) {
        if (repeated != null) {
            return new Fault(RejectReason.MALFORMED, "field " + Fault.quote(repeated) + " is given more than once");
        }
        if (!several.isAbsent() && !(met(metric).isAbsent() && met(value).isAbsent())) {
            return new Fault(RejectReason.MALFORMED, "found values beside metric or value, expected one or the other");
        }
        return several.fault();
    }

    private static <T> Field<T> met(@Nullable Field<T> field) {
        return field == null ? Field.absent() : field;
    }
}
