package io.weir.query.api.format;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonMappingException.Reference;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import java.util.stream.Collectors;

/** Describes an error in the JSON of a request, because the parser's messages name Java classes. */
public final class JsonFault {

    private JsonFault() {}

    public static String of(JsonProcessingException e) {
        if (e instanceof UnrecognizedPropertyException unknown) {
            return "found the unknown field " + path(unknown);
        }
        if (e instanceof JsonMappingException mapping && !mapping.getPath().isEmpty()) {
            return "found a value of another type in the field " + path(mapping);
        }
        if (e instanceof JsonMappingException) {
            return "found something other than one JSON object";
        }
        JsonLocation where = e.getLocation();
        return where == null
                ? "found invalid JSON"
                : "found invalid JSON at line " + where.getLineNr() + ", column " + where.getColumnNr();
    }

    private static String path(JsonMappingException e) {
        return e.getPath().stream()
                .map(JsonFault::step)
                .collect(Collectors.joining())
                .replaceFirst("^\\.", "");
    }

    private static String step(Reference reference) {
        String name = reference.getFieldName();
        return name == null ? "[" + reference.getIndex() + "]" : "." + name;
    }
}
