package io.weir.query.api.format;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Writes a response as one JSON object. */
final class JsonResponseWriter implements ResponseWriter {

    private final JsonGenerator json;

    JsonResponseWriter(OutputStream out) throws IOException {
        json = JsonValues.generator(out);
        json.writeStartObject();
    }

    @Override
    public void field(String name, @Nullable Object value) throws IOException {
        JsonValues.write(json, name, value);
    }

    @Override
    public void beginItems(String list) throws IOException {
        json.writeArrayFieldStart(list);
    }

    @Override
    public void beginSeriesList(String list) throws IOException {
        json.writeArrayFieldStart(list);
    }

    @Override
    public void beginSeries(Map<String, String> key, String list) throws IOException {
        json.writeStartObject();
        JsonValues.write(json, key);
        json.writeArrayFieldStart(list);
    }

    @Override
    public void item(Map<String, Object> fields) throws IOException {
        json.writeStartObject();
        JsonValues.write(json, fields);
        json.writeEndObject();
    }

    @Override
    public void end() throws IOException {
        json.writeEndArray();
        if (json.getOutputContext().getParent().inArray()) {
            json.writeEndObject(); // of a series
        }
    }

    @Override
    public void finish() throws IOException {
        json.writeEndObject();
        json.close();
    }
}
