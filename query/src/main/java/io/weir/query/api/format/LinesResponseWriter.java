package io.weir.query.api.format;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Map;

/** Writes a response as newline-delimited JSON, one object for each item. */
final class LinesResponseWriter extends ItemsWriter {

    private final JsonGenerator json;

    LinesResponseWriter(OutputStream out) throws IOException {
        json = JsonValues.generator(out);
        json.setRootValueSeparator(null);
    }

    @Override
    public void item(Map<String, Object> fields) throws IOException {
        json.writeStartObject();
        JsonValues.write(json, series());
        for (Map.Entry<String, Object> field : fields.entrySet()) {
            if (!series().containsKey(field.getKey())) {
                JsonValues.write(json, field.getKey(), field.getValue());
            }
        }
        json.writeEndObject();
        json.writeRaw('\n');
    }

    @Override
    public void finish() throws IOException {
        json.close();
    }
}
