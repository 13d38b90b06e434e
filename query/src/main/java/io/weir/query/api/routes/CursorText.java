package io.weir.query.api.routes;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.weir.query.api.http.ProblemException;
import io.weir.query.json.Json;
import io.weir.query.json.RequestJson;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;

/** The text form of cursors. It is opaque to clients, because its content may change. */
final class CursorText {

    private static final ObjectMapper MAPPER = RequestJson.mapper();

    private CursorText() {}

    static String write(String kind, Object... fields) {
        List<Object> all = new ArrayList<>();
        all.add(kind);
        all.addAll(Arrays.asList(fields));
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(Json.text(all).getBytes(StandardCharsets.UTF_8));
    }

    /** Begins to read a cursor; fields must be read in the order in which they were written. */
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
                "found a cursor of another request; expected the cursor next from a response to the same request, or"
                        + " none to start over");
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
