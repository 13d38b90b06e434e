package io.weir.core.reading;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Decodes the canonical JSON: one object per record, or an array of them, each with one reading or with several in
 * {@code values}. What cannot be parsed to its end is one rejection; in what can, each element stands alone.
 */
public final class JsonReadingDecoder implements ReadingDecoder {

    /**
     * Everything that could make a decision depend on what was parsed before, or on a new default of the library, is
     * switched off or stated. Lengths are bounded by the record's.
     */
    private static final JsonFactory JSON = new JsonFactoryBuilder()
            .disable(JsonFactory.Feature.CHARSET_DETECTION)
            .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
            .disable(JsonFactory.Feature.FAIL_ON_SYMBOL_HASH_OVERFLOW)
            .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
            .enable(StreamReadFeature.USE_FAST_DOUBLE_PARSER)
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(1000)
                    .maxNumberLength(1000)
                    .maxNameLength(Integer.MAX_VALUE)
                    .maxStringLength(Integer.MAX_VALUE)
                    .build())
            .build();

    @Override
    public String format() {
        return "json/1";
    }

    @Override
    public List<Decoded> decode(byte @Nullable [] value) {
        if (value == null) {
            return malformed("the record has no value", new byte[0]);
        }
        if (!Utf8.isValid(value)) {
            return malformed("the record is not valid UTF-8", value);
        }
        try (JsonParser json = JSON.createParser(value)) {
            return decode(json, value);
        } catch (JsonProcessingException e) {
            long at = e.getLocation() == null ? -1 : e.getLocation().getByteOffset();
            return malformed("not JSON at byte " + at + ": " + Fault.cut(e.getOriginalMessage()), value);
        } catch (IOException e) {
            throw new UncheckedIOException("reading from memory cannot fail", e);
        }
    }

    private static List<Decoded> decode(JsonParser json, byte[] record) throws IOException {
        List<Decoded> elements = new ArrayList<>(1);
        JsonToken first = json.nextToken();
        if (first == JsonToken.START_OBJECT) {
            decodeElement(json, record, elements);
        } else if (first == JsonToken.START_ARRAY) {
            while (json.nextToken() != JsonToken.END_ARRAY) {
                decodeElement(json, record, elements);
            }
        } else {
            return malformed("found " + Fault.kind(first) + ", expected an object or an array of objects", record);
        }
        if (json.nextToken() != null) {
            return malformed("found " + Fault.kind(json.currentToken()) + " after the end of the JSON value", record);
        }
        return elements.isEmpty() ? malformed("an empty array holds no reading", record) : elements;
    }

    /** Adds what the element at the parser's token holds, and leaves the parser at the element's last token. */
    private static void decodeElement(JsonParser json, byte[] record, List<Decoded> elements) throws IOException {
        JsonToken token = json.currentToken();
        int from = Math.toIntExact(json.currentTokenLocation().getByteOffset());
        if (token == JsonToken.START_OBJECT) {
            ReadingObject object = ReadingObject.read(json);
            object.addTo(elements, record, from, endOf(json) - from);
        } else {
            json.skipChildren();
            json.finishToken();
            String detail = "found " + Fault.kind(token) + " in the array, expected an object";
            elements.add(Rejection.of(RejectReason.MALFORMED, detail, record, from, endOf(json) - from));
        }
    }

    private static int endOf(JsonParser json) {
        return Math.toIntExact(json.currentLocation().getByteOffset());
    }

    private static List<Decoded> malformed(String detail, byte[] record) {
        return List.of(Rejection.of(RejectReason.MALFORMED, detail, record, 0, record.length));
    }
}
