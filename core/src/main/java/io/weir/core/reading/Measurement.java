package io.weir.core.reading;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A metric and its value in a JSON object. With the object's device, group and time, it becomes a reading. */
record Measurement(Field<String> metric, Field<Double> value, @Nullable Fault repetition) {

    /** Parses the entries of {@code values}, which is at the parser's current token. */
    static Field<List<Measurement>> readAll(JsonParser json) throws IOException {
        JsonToken token = json.currentToken();
        if (token != JsonToken.START_OBJECT) {
            json.skipChildren();
            return token == JsonToken.VALUE_NULL
                    ? Field.absent()
                    : Field.faulty(RejectReason.MALFORMED, "values must be an object, found " + Fault.kind(token));
        }
        List<String> names = new ArrayList<>();
        List<Field<Double>> values = new ArrayList<>();
        String name = json.nextFieldName();
        while (name != null) {
            json.nextToken();
            names.add(name);
            values.add(FieldReader.value(json));
            name = json.nextFieldName();
        }
        return names.isEmpty()
                ? Field.faulty(RejectReason.MALFORMED, "values must hold at least one metric, found none")
                : Field.of(all(names, values));
    }

    private static List<Measurement> all(List<String> names, List<Field<Double>> values) {
        Set<String> repeated = repeated(names);
        List<Measurement> all = new ArrayList<>(names.size());
        for (int i = 0; i < names.size(); i++) {
            String name = names.get(i);
            Fault repetition = repeated.contains(name)
                    ? new Fault(RejectReason.MALFORMED, "metric " + Fault.quote(name) + " is given more than once")
                    : null;
            all.add(new Measurement(FieldReader.name(name, "metric"), values.get(i), repetition));
        }
        return all;
    }

    private static Set<String> repeated(List<String> names) {
        Set<String> seen = new HashSet<>();
        Set<String> repeated = new HashSet<>();
        for (String name : names) {
            if (!seen.add(name)) {
                repeated.add(name);
            }
        }
        return repeated;
    }
}
