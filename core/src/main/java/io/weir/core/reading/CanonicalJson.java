package io.weir.core.reading;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;

/** Writes readings as canonical JSON, which every part of the pipeline accepts. Thread-safe. */
public final class CanonicalJson {

    private static final JsonFactory JSON = new JsonFactory();

    private CanonicalJson() {}

    /** Returns the reading as a UTF-8 JSON object. */
    public static byte[] bytes(Reading reading) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(160);
        try (JsonGenerator json = JSON.createGenerator(out)) {
            json.writeStartObject();
            json.writeStringField("device", reading.device());
            json.writeStringField("group", reading.group());
            json.writeStringField("metric", reading.metric());
            json.writeStringField("time", Instant.ofEpochMilli(reading.time()).toString());
            json.writeNumberField("value", reading.value());
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }
}
