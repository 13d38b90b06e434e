package io.weir.metricproducer.file.json;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import io.weir.metricproducer.file.record.Cell;
import io.weir.metricproducer.file.record.FileRecord;
import io.weir.metricproducer.file.record.FileRecord.JsonText;
import io.weir.metricproducer.file.record.NamedCells;
import io.weir.metricproducer.file.record.NamedCells.Content;
import io.weir.metricproducer.file.record.RecordSource;
import io.weir.metricproducer.file.record.RowMapping;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/**
 * Reads JSON objects of any form as rows, one row per object. The name of a cell is its path: {@code meta.serial} is
 * the field {@code serial} of the object {@code meta}, and {@code data.0} the first element of the array {@code data}.
 */
public final class JsonRows implements RecordSource {

    private final JsonRecords records;
    private final RowMapping mapping;
    private final Queue<JsonText> values = new ArrayDeque<>();

    public JsonRows(JsonRecords records, RowMapping mapping) {
        this.records = records;
        this.mapping = mapping;
    }

    @Override
    public @Nullable FileRecord next() throws IOException {
        if (values.isEmpty()) {
            FileRecord record = records.next();
            if (!(record instanceof FileRecord.Values several)) {
                return record;
            }
            values.addAll(several.values());
        }
        return row(values.remove());
    }

    private FileRecord row(JsonText json) throws IOException {
        try {
            Map<String, Content> fields = fields(json.text());
            return new NamedCells(fields, fields).row(json.line(), json.text(), mapping);
        } catch (JsonProcessingException e) {
            return bad(json, "not JSON: " + e.getOriginalMessage());
        } catch (IllegalArgumentException e) {
            return bad(json, String.valueOf(e.getMessage()));
        }
    }

    /**
     * Returns the scalars of a JSON object by path.
     *
     * @throws IllegalArgumentException if the text is not one object with distinct fields
     */
    public static Map<String, Content> fields(String json) throws IOException {
        Map<String, Content> fields = new LinkedHashMap<>();
        try (JsonParser parser = JsonValues.parserOf(json)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw new IllegalArgumentException("expected a JSON object");
            }
            String repeated = flatten(parser, fields);
            if (repeated != null) {
                throw new IllegalArgumentException("field \"" + repeated + "\" is given more than once");
            }
            if (parser.nextToken() != null) {
                throw new IllegalArgumentException("found something after the end of the JSON object");
            }
        }
        return fields;
    }

    private static FileRecord bad(JsonText json, String reason) {
        return new FileRecord.Bad(json.line(), json.text(), reason);
    }

    /** Adds the scalars of the object at the parser's token by path; returns a path that occurs twice, or null. */
    private static @Nullable String flatten(JsonParser parser, Map<String, Content> fields) throws IOException {
        String repeated = null;
        int depth = 1;
        while (depth > 0) {
            JsonToken token = parser.nextToken();
            if (token.isStructStart()) {
                depth++;
            } else if (token.isStructEnd()) {
                depth--;
            } else if (token.isScalarValue()) {
                String path = parser.getParsingContext()
                        .pathAsPointer()
                        .toString()
                        .substring(1)
                        .replace('/', '.')
                        .replace("~1", "/")
                        .replace("~0", "~");
                if (fields.put(path, new Content(kindOf(token), parser.getText())) != null) {
                    repeated = path;
                }
            }
        }
        return repeated;
    }

    private static Cell.Kind kindOf(JsonToken token) {
        return switch (token) {
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> Cell.Kind.NUMBER;
            case VALUE_TRUE, VALUE_FALSE -> Cell.Kind.BOOLEAN;
            case VALUE_NULL -> Cell.Kind.NULL;
            default -> Cell.Kind.TEXT;
        };
    }
}
