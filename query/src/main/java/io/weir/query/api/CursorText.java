package io.weir.query.api;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.weir.query.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;

/** Cursors as clients carry them: opaque to them, since what is in them may change. */
final class CursorText {

    private static final ObjectMapper MAPPER = new ObjectMapper();

    private CursorText() {}

    static String write(String kind, Object... fields) {
        List<Object> all = new ArrayList<>();
        all.add(kind);
        all.addAll(Arrays.asList(fields));
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(Json.text(all).getBytes(StandardCharsets.UTF_8));
    }

    /** Begins to read a cursor; the fields come in the order in which they were written. */
    static Reader read(String kind, String text) {
        try {
            JsonNode fields = MAPPER.readTree(Base64.getUrlDecoder().decode(text));
            if (fields != null && fields.isArray() && fields.path(0).asText().equals(kind)) {
                return new Reader(fields);
            }
        } catch (JacksonException | IllegalArgumentException e) {
            throw wrong();
        } catch (IOException e) {
            throw wrong();
        }
        throw wrong();
    }

    static ProblemException wrong() {
        return ProblemException.parameter(
                "cursor",
                "found a cursor that does not go on from an answer to this question; expected the next of an answer to"
                        + " the same one, or none to begin again");
    }

    /** Reads the fields of a cursor. */
    static final class Reader {

        private final JsonNode fields;
        private int at = 1;

        private Reader(JsonNode fields) {
            this.fields = fields;
        }

        long number() {
            JsonNode field = fields.path(at++);
            if (!field.canConvertToLong() || !field.isIntegralNumber()) {
                throw wrong();
            }
            return field.longValue();
        }

        String text() {
            JsonNode field = fields.path(at++);
            if (!field.isTextual()) {
                throw wrong();
            }
            return field.textValue();
        }
    }
}
