package io.weir.core.fold.command;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import io.weir.core.fold.port.RawSpan;
import io.weir.core.reading.NameRule;
import io.weir.core.rollup.Scope;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A command to recompute the rollups of a device or a group from its raw readings. Sent as a record of the log that
 * {@link CommandSigner} has signed.
 *
 * @param raw the raw readings; every rollup whose window overlaps their span is recomputed
 * @param acceptsRepairs whether rollups are also recomputed if their number of readings changes, because an operator
 *     has removed or added raw readings; otherwise such rollups stay unchanged, because raw readings may be lost
 */
public record RebuildCommand(RawSpan raw, boolean acceptsRepairs) {

    /** The Kafka key of records that contain commands. */
    public static final String KEY = "weir.rebuild";

    private static final Set<String> FIELDS = Set.of("scope", "id", "metric", "from", "to");

    /** A field that only commands have that accept repairs, with this value. */
    private static final String REPAIRS = "repairs";

    private static final String ACCEPTED = "accepted";

    private static final byte[] KEY_BYTES = KEY.getBytes(UTF_8);
    private static final long FIRST = Instant.parse("0001-01-01T00:00:00Z").toEpochMilli();
    private static final long LAST = Instant.parse("9999-12-31T00:00:00Z").toEpochMilli();

    /** Takes every record for UTF-8: detecting other encodings fails for some bytes, which any producer can send. */
    private static final JsonFactory JSON = new JsonFactoryBuilder()
            .disable(JsonFactory.Feature.CHARSET_DETECTION)
            .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();

    /** Writes fields of a JSON object. */
    interface Fields {

        void write(JsonGenerator json) throws IOException;
    }

    /** Parses a {@link #text}; returns null if it is no command. */
    public static @Nullable RebuildCommand parse(String text) {
        return of(fields(text.getBytes(UTF_8)), Set.of());
    }

    /** Returns the Kafka key of the record, in UTF-8. */
    public static byte[] key() {
        return KEY_BYTES.clone();
    }

    /** Returns the command as one line of canonical JSON, without a signature. */
    public String text() {
        return new String(json(this::write), UTF_8);
    }

    void write(JsonGenerator json) throws IOException {
        json.writeStringField("scope", raw.scope().name().toLowerCase(Locale.ROOT));
        json.writeStringField("id", raw.id());
        json.writeStringField("metric", raw.metric());
        json.writeNumberField("from", raw.from());
        json.writeNumberField("to", raw.to());
        if (acceptsRepairs) {
            json.writeStringField(REPAIRS, ACCEPTED);
        }
    }

    static byte[] json(Fields fields) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(256);
        try (JsonGenerator json = JSON.createGenerator(out)) {
            json.writeStartObject();
            fields.write(json);
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }

    /** Parses a JSON object whose fields are strings and integers; returns an empty map for anything else. */
    static Map<String, Object> fields(byte[] value) {
        try (JsonParser json = JSON.createParser(value)) {
            Map<String, Object> fields = fields(json);
            return json.nextToken() == null ? fields : Map.of();
        } catch (IOException e) { // not JSON: reading from memory cannot fail otherwise
            return Map.of();
        }
    }

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

    /**
     * Returns the command in the fields of a JSON object; null if it has other fields than those of a command.
     *
     * @param more names of additional fields that the object must have
     */
    static @Nullable RebuildCommand of(Map<String, Object> fields, Set<String> more) {
        Set<String> names = new HashSet<>(FIELDS);
        names.addAll(more);
        boolean acceptsRepairs = ACCEPTED.equals(fields.get(REPAIRS));
        if (acceptsRepairs) {
            names.add(REPAIRS);
        }
        if (!fields.keySet().equals(names)) {
            return null;
        }
        Scope scope = scope(fields.get("scope"));
        String id = name(fields.get("id"));
        String metric = name(fields.get("metric"));
        Long from = time(fields.get("from"));
        Long to = time(fields.get("to"));
        return scope == null || id == null || metric == null || from == null || to == null || from >= to
                ? null
                : new RebuildCommand(new RawSpan(scope, id, metric, from, to), acceptsRepairs);
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
        return field instanceof Long time && time >= FIRST && time <= LAST ? time : null;
    }
}
