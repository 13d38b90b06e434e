package io.weir.metricproducer.file.json;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.io.JsonEOFException;
import io.weir.core.reading.JsonReadingDecoder;
import io.weir.core.reading.RecordElement;
import io.weir.core.reading.RejectReason;
import io.weir.core.reading.Rejection;
import io.weir.metricproducer.file.record.FileRecord;
import io.weir.metricproducer.file.record.FileRecord.JsonText;
import io.weir.metricproducer.file.record.RecordSource;
import io.weir.metricproducer.file.text.InvalidText;
import io.weir.metricproducer.file.text.Line;
import io.weir.metricproducer.file.text.LineReader;
import io.weir.metricproducer.file.text.LineText;
import java.io.IOException;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads a file of JSON. Usually each line is one object, or an array whose elements are records. If the first line is
 * only the beginning of a value, the file is read as one text of multi-line objects or arrays, up to the first invalid
 * character.
 */
public final class JsonRecords implements RecordSource {

    private static final int MAX_VALUES = 1000;
    private static final int MAX_CHARS = 200_000;

    private static final JsonReadingDecoder DECODER = new JsonReadingDecoder();

    private final LineReader lines;
    private boolean begun;

    /** The values of the current multi-line text; null between such texts. */
    private @Nullable JsonValues values;

    private @Nullable LineText text;
    private boolean toTheEnd;
    private FileRecord.@Nullable Bad pending;

    public JsonRecords(LineReader lines) {
        this.lines = lines;
    }

    @Override
    public @Nullable FileRecord next() throws IOException {
        FileRecord record = null;
        while (record == null) {
            if (pending != null) {
                record = pending;
                pending = null;
            } else if (values != null) {
                record = chunk(values);
            } else {
                Line line = nextLine();
                if (line == null) {
                    return null;
                }
                record = of(line);
            }
        }
        return record;
    }

    private @Nullable Line nextLine() throws IOException {
        Line line = lines.next();
        while (line != null && line.complete() && line.text().isBlank()) {
            line = lines.next();
        }
        return line;
    }

    /** Returns the line's record, or null after opening a multi-line text that begins with this line. */
    private @Nullable FileRecord of(Line line) throws IOException {
        boolean first = !begun;
        begun = true;
        if (!line.isValid()) {
            if (first) {
                throw InvalidText.refuse(lines.charset(), line);
            }
            lines.skipRest(line);
            return new FileRecord.Bad(line.number(), line.text(), InvalidText.reason(lines.charset(), line));
        }
        if (!line.complete()) {
            open(line, first && isBeginning(line.text()));
            return null;
        }
        byte[] record = line.text().getBytes(UTF_8);
        List<RecordElement> elements = DECODER.elements(record);
        if (!elements.isEmpty()) {
            return new FileRecord.Values(elements.stream()
                    .map(element ->
                            new JsonText(line.number(), new String(record, element.from(), element.length(), UTF_8)))
                    .toList());
        }
        if (first && isBeginning(line.text())) {
            open(line, true);
            return null;
        }
        if (hasTooManyElements(record)) {
            values = new JsonValues(new StringReader(line.text()), line.number());
            return null;
        }
        return new FileRecord.Values(List.of(new JsonText(line.number(), line.text())));
    }

    private void open(Line line, boolean all) throws IOException {
        toTheEnd = all;
        text = new LineText(lines, line, all);
        values = new JsonValues(text, line.number());
    }

    /** Returns the next values of a multi-line text, or null at its end. */
    private @Nullable FileRecord chunk(JsonValues from) throws IOException {
        List<JsonText> chunk = new ArrayList<>();
        int chars = 0;
        try {
            while (pending == null && chunk.size() < MAX_VALUES && chars < MAX_CHARS) {
                JsonValues.Value value = from.next();
                if (value == null) {
                    close();
                    break;
                }
                if (value.tooLong()) {
                    pending = new FileRecord.Bad(
                            value.json().line(),
                            "",
                            "longer than " + LineReader.MAX_CHARS + " characters, the most that a reading can have");
                } else {
                    chunk.add(value.json());
                    chars += value.json().text().length();
                }
            }
        } catch (JsonProcessingException e) {
            pending = new FileRecord.Bad(
                    from.lineOf(e),
                    "",
                    "not JSON: " + e.getOriginalMessage() + "; the text after this position was not read, to the end"
                            + " of the "
                            + (toTheEnd ? "file" : "line"));
            close();
        }
        return chunk.isEmpty() ? null : new FileRecord.Values(chunk);
    }

    private void close() throws IOException {
        if (text != null) {
            text.skip();
        }
        text = null;
        values = null;
    }

    /** Returns whether the text is the beginning of an object or an array that continues in the next line. */
    private static boolean isBeginning(String json) throws IOException {
        String start = json.stripLeading();
        if (!start.startsWith("{") && !start.startsWith("[")) {
            return false;
        }
        try {
            readThrough(json);
            return false;
        } catch (JsonEOFException e) {
            return true;
        } catch (JsonProcessingException e) {
            return false;
        }
    }

    private static boolean hasTooManyElements(byte[] record) {
        return DECODER.decode(record).get(0) instanceof Rejection rejection
                && rejection.reason() == RejectReason.TOO_MANY_ELEMENTS;
    }

    private static void readThrough(String json) throws IOException {
        try (JsonParser parser = JsonValues.parserOf(json)) {
            while (parser.nextToken() != null) {
                parser.skipChildren();
            }
        }
    }
}
