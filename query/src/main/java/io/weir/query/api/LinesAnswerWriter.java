package io.weir.query.api;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Writes an answer as one JSON object on a line for each item. */
final class LinesAnswerWriter implements AnswerWriter {

    private final JsonGenerator json;
    private Map<String, String> series = Map.of();

    LinesAnswerWriter(OutputStream out) throws IOException {
        json = JsonValues.generator(out);
        json.setRootValueSeparator(null);
    }

    @Override
    public void field(String name, @Nullable Object value) {}

    @Override
    public void beginItems(String list) {}

    @Override
    public void beginSeriesList(String list) {}

    @Override
    public void beginSeries(Map<String, String> key, String list) {
        series = key;
    }

    @Override
    public void item(Map<String, Object> fields) throws IOException {
        json.writeStartObject();
        JsonValues.write(json, series);
        for (Map.Entry<String, Object> field : fields.entrySet()) {
            if (!series.containsKey(field.getKey())) {
                JsonValues.write(json, field.getKey(), field.getValue());
            }
        }
        json.writeEndObject();
        json.writeRaw('\n');
    }

    @Override
    public void end() {}

    @Override
    public void finish() throws IOException {
        json.close();
    }
}
