package io.weir.core.fold;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import io.weir.core.reading.NameRule;
import io.weir.core.rollup.Scope;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a record of the log may ask of a source instead of bringing readings: to fold its rollups of a device or a group
 * anew from its raw readings. The record's key is {@value #KEY}, its value for example
 *
 * <pre>{@code {"scope":"device","id":"d-17","metric":"temperature","from":1774800000000,"to":"2026-03-30T00:00:00Z"}}</pre>
 *
 * @param raw whose readings of what, and from when to when: every rollup whose window meets that span is folded anew
 */
public record RebuildCommand(RawSpan raw) {

    /** The key of the records that are commands. */
    public static final String KEY = "weir.rebuild";

    private static final byte[] KEY_BYTES = KEY.getBytes(UTF_8);
    private static final Set<String> FIELDS = Set.of("scope", "id", "metric", "from", "to");
    private static final long FIRST = Instant.parse("0001-01-01T00:00:00Z").toEpochMilli();
    private static final long LAST = Instant.parse("9999-12-31T00:00:00Z").toEpochMilli();

    private static final JsonFactory JSON = new JsonFactoryBuilder()
            .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();

    /** Returns the command that the record holds; null if it is no command, which makes it like any other record. */
    public static @Nullable RebuildCommand of(LogRecord record) {
        byte @Nullable [] value = record.value();
        if (value == null || !Arrays.equals(record.key(), KEY_BYTES)) {
            return null;
        }
        try (JsonParser json = JSON.createParser(value)) {
            Map<String, Object> fields = fields(json);
            return fields.keySet().equals(FIELDS) && json.nextToken() == null ? of(fields) : null;
        } catch (JsonProcessingException e) {
            return null;
        } catch (IOException e) {
            throw new UncheckedIOException("reading from memory cannot fail", e);
        }
    }

    /** The record's key. */
    public static byte[] key() {
        return KEY_BYTES.clone();
    }

    /** The record's value. */
    public byte[] value() {
        ByteArrayOutputStream out = new ByteArrayOutputStream(160);
        try (JsonGenerator json = JSON.createGenerator(out)) {
            json.writeStartObject();
            json.writeStringField("scope", raw.scope().name().toLowerCase(Locale.ROOT));
            json.writeStringField("id", raw.id());
            json.writeStringField("metric", raw.metric());
            json.writeNumberField("from", raw.from());
            json.writeNumberField("to", raw.to());
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }

    /** Returns the fields of an object of texts and whole numbers; none of anything else. */
    private static Map<String, Object> fields(JsonParser json) throws IOException {
        if (json.nextToken() != JsonToken.START_OBJECT) {
            return Map.of();
        }
        Map<String, Object> fields = new HashMap<>();
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            String name = json.currentName();
            JsonToken value = json.nextToken();
            if (value == JsonToken.VALUE_STRING) {
                fields.put(name, json.getText());
            } else if (value == JsonToken.VALUE_NUMBER_INT
                    && json.getNumberType() != JsonParser.NumberType.BIG_INTEGER) {
                fields.put(name, json.getLongValue());
            } else {
                return Map.of();
            }
        }
        return fields;
    }

    private static @Nullable RebuildCommand of(Map<String, Object> fields) {
        Scope scope = scope(fields.get("scope"));
        String id = name(fields.get("id"));
        String metric = name(fields.get("metric"));
        Long from = time(fields.get("from"));
        Long to = time(fields.get("to"));
        return scope == null || id == null || metric == null || from == null || to == null || from >= to
                ? null
                : new RebuildCommand(new RawSpan(scope, id, metric, from, to));
    }

    private static @Nullable Scope scope(@Nullable Object field) {
        if ("device".equals(field)) {
            return Scope.DEVICE;
        }
        return "group".equals(field) ? Scope.GROUP : null;
    }

    private static @Nullable String name(@Nullable Object field) {
        return field instanceof String name && NameRule.faultOf(name) == null ? name : null;
    }

    private static @Nullable Long time(@Nullable Object field) {
        try {
            Long time =
                    field instanceof String text ? (Long) Instant.parse(text).toEpochMilli() : (Long) field;
            return time != null && time >= FIRST && time <= LAST ? time : null;
        } catch (DateTimeException | ArithmeticException e) {
            return null;
        }
    }
}
