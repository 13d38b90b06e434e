package io.weir.query.json;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.ToStringSerializer;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.stream.Stream;

/**
 * Serializes results as JSON that is safe to print on a terminal: times in ISO-8601 in UTC, one field for each record
 * component. Thread-safe.
 */
public final class Json {

    private static final ObjectMapper MAPPER = JsonMapper.builder(PrintableJson.factory())
            .addModule(new SimpleModule().addSerializer(Instant.class, ToStringSerializer.instance))
            .disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET)
            .build();

    private Json() {}

    /** Returns the result as JSON on one line. */
    public static String text(Object answer) {
        try {
            return new String(MAPPER.writeValueAsBytes(answer), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Streams the results as one array, and leaves the output stream open. */
    public static void writeArray(Stream<?> answers, OutputStream out) {
        try (JsonArray array = beginArray(out)) {
            answers.forEachOrdered(array::add);
        }
    }

    /** Begins an array; the caller closes it. */
    public static JsonArray beginArray(OutputStream out) {
        try {
            return new JsonArray(MAPPER.writer().writeValuesAsArray(out));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
