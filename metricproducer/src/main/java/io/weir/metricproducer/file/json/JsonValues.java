package io.weir.metricproducer.file.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import io.weir.metricproducer.file.record.FileRecord.JsonText;
import io.weir.metricproducer.file.text.LineReader;
import java.io.IOException;
import java.io.Reader;
import org.jspecify.annotations.Nullable;

/**
 * Reads the elements of JSON arrays of any length, and other JSON values, from a text, with their original text. The
 * text of a value beyond {@value LineReader#MAX_CHARS} characters is dropped. Uses bounded memory. Not thread-safe.
 */
final class JsonValues {

    private static final JsonFactory JSON = JsonFactory.builder()
            .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
            .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
            .build();

    private final JsonParser parser;
    private final Window window;
    private final long firstLine;
    private boolean inArray;

    /** @param firstLine the number of the text's first line */
    JsonValues(Reader text, long firstLine) throws IOException {
        this.window = new Window(text);
        this.parser = JSON.createParser(window);
        this.firstLine = firstLine;
    }

    /** Returns a parser of one JSON value. */
    static JsonParser parserOf(String text) throws IOException {
        return JSON.createParser(text);
    }

    /** A value, without its text if it is too long. */
    record Value(JsonText json, boolean tooLong) {}

    /**
     * Returns the next value; null at the end.
     *
     * @throws com.fasterxml.jackson.core.JsonProcessingException if the text is not JSON from here on
     */
    @Nullable
    Value next() throws IOException {
        JsonToken token = parser.nextToken();
        while (token == JsonToken.END_ARRAY || (token == JsonToken.START_ARRAY && !inArray)) {
            inArray = token == JsonToken.START_ARRAY;
            token = parser.nextToken();
        }
        if (token == null) {
            return null;
        }
        long line = lineOf(parser.currentTokenLocation());
        long from = parser.currentTokenLocation().getCharOffset();
        window.keepFrom(from);
        parser.skipChildren();
        parser.finishToken();
        long to = parser.currentLocation().getCharOffset();
        boolean tooLong = to - from > LineReader.MAX_CHARS;
        return new Value(new JsonText(line, tooLong ? "" : window.text(from, to)), tooLong);
    }

    /** Returns the number of the line in which the text stopped being JSON. */
    long lineOf(JsonProcessingException error) {
        return lineOf(error.getLocation() == null ? parser.currentLocation() : error.getLocation());
    }

    private long lineOf(JsonLocation location) {
        return firstLine + location.getLineNr() - 1;
    }

    /**
     * Keeps the last characters that the parser has read, from the beginning of the current value if it is not too
     * long.
     */
    private static final class Window extends Reader {

        private static final int MAX_KEPT = 2 * LineReader.MAX_CHARS;

        private final Reader text;
        private final StringBuilder kept = new StringBuilder();
        private long keptFrom;

        Window(Reader text) {
            this.text = text;
        }

        void keepFrom(long from) {
            if (from > keptFrom) {
                kept.delete(0, Math.toIntExact(from - keptFrom));
                keptFrom = from;
            }
        }

        /** Returns the text between two positions, as far as it is kept. */
        String text(long from, long to) {
            return kept.substring(Math.toIntExact(Math.max(from, keptFrom) - keptFrom), Math.toIntExact(to - keptFrom));
        }

        @Override
        public int read(char[] buffer, int from, int length) throws IOException {
            int count = text.read(buffer, from, length);
            if (count > 0) {
                kept.append(buffer, from, count);
                if (kept.length() > MAX_KEPT) {
                    keepFrom(keptFrom + LineReader.MAX_CHARS);
                }
            }
            return count;
        }

        @Override
        public void close() {
            // the owner of the text closes it
        }
    }
}
