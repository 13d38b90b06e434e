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
 * Decodes canonical JSON: one object per record, or an array of them, each with one reading, or several in {@code
 * values}. A record that cannot be parsed to its end, or contains more than {@value Elements#MAX} elements, is one
 * rejection; otherwise, each element is decoded independently. Thread-safe.
 */
public final class JsonReadingDecoder implements ReadingDecoder {

    /** The maximum number of readings and rejections in a record: a record with more becomes one rejection. */
    public static final int MAX_ELEMENTS = Elements.MAX;

    /**
     * A parser without any feature that makes a decision depend on earlier input, and with all limits stated, so that
     * they do not change with the library's defaults. Lengths are bounded by the size of the record.
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

    /**
     * The maximum size of records that share the parser's table of field names, in bytes: those of one reading. The
     * table lives as long as the process and keeps up to 6,000 names, whatever their lengths, and each record with a
     * new name copies it.
     */
    private static final int SHARED_NAMES_BYTES = 256;

    @Override
    public String format() {
        return "json/2";
    }

    /** Receives the position of each element while it is decoded. */
    private interface Places {

        Places UNUSED = (from, length, device, decoded) -> {};

        void add(int from, int length, @Nullable String device, int decoded);
    }

    @Override
    public List<Decoded> decode(byte @Nullable [] value) {
        Elements elements = new Elements();
        String fault = decode(value, elements, Places.UNUSED);
        byte[] record = value == null ? new byte[0] : value;
        if (fault != null) {
            return rejected(RejectReason.MALFORMED, fault, record);
        }
        return elements.exceedLimit()
                ? rejected(
                        RejectReason.TOO_MANY_ELEMENTS,
                        "the record holds " + elements.count() + " readings, the limit is " + Elements.MAX,
                        record)
                : elements.kept();
    }

    /**
     * Returns the positions of a record's elements, in order.
     *
     * @param value the record's value; null for a record without one
     * @return the elements; an empty list if the record as a whole decodes to one rejection
     */
    public List<RecordElement> elements(byte @Nullable [] value) {
        List<RecordElement> places = new ArrayList<>(1);
        Elements elements = new Elements();
        String fault = decode(
                value,
                elements,
                (from, length, device, decoded) -> places.add(new RecordElement(from, length, device, decoded)));
        return fault == null && !elements.exceedLimit() ? places : List.of();
    }

    /** Decodes a record; returns why the record as a whole is malformed, or null if its elements are independent. */
    private static @Nullable String decode(byte @Nullable [] value, Elements decoded, Places places) {
        if (value == null) {
            return "the record has no value";
        }
        if (!Utf8.isValid(value)) {
            return "the record is not valid UTF-8";
        }
        JsonFactory parsers = value.length > SHARED_NAMES_BYTES ? JSON.copy() : JSON;
        try (JsonParser json = parsers.createParser(value)) {
            return decode(json, value, decoded, places);
        } catch (JsonProcessingException e) {
            long at = e.getLocation() == null ? -1 : e.getLocation().getByteOffset();
            return "not JSON at byte " + at + ": " + Fault.cut(e.getOriginalMessage());
        } catch (IOException e) {
            throw new UncheckedIOException("reading from memory cannot fail", e);
        }
    }

    private static @Nullable String decode(JsonParser json, byte[] record, Elements decoded, Places places)
            throws IOException {
        JsonToken first = json.nextToken();
        if (first == JsonToken.START_OBJECT) {
            decodeElement(json, record, decoded, places);
        } else if (first == JsonToken.START_ARRAY) {
            while (json.nextToken() != JsonToken.END_ARRAY) {
                decodeElement(json, record, decoded, places);
            }
        } else {
            return "found " + Fault.kind(first) + ", expected an object or an array of objects";
        }
        if (json.nextToken() != null) {
            return "found " + Fault.kind(json.currentToken()) + " after the end of the JSON value";
        }
        return decoded.count() == 0 ? "an empty array holds no reading" : null;
    }

    /** Decodes the element at the parser's current token, and leaves the parser at its last token. */
    private static void decodeElement(JsonParser json, byte[] record, Elements decoded, Places places)
            throws IOException {
        JsonToken token = json.currentToken();
        int from = Math.toIntExact(json.currentTokenLocation().getByteOffset());
        int before = decoded.count();
        if (token == JsonToken.START_OBJECT) {
            ReadingObject object = ReadingObject.read(json);
            int length = endOf(json) - from;
            object.addTo(decoded, record, from, length);
            places.add(from, length, object.device(), decoded.count() - before);
        } else {
            json.skipChildren();
            json.finishToken();
            int length = endOf(json) - from;
            String detail = "found " + Fault.kind(token) + " in the array, expected an object";
            decoded.add(Rejection.of(RejectReason.MALFORMED, detail, record, from, length));
            places.add(from, length, null, 1);
        }
    }

    private static int endOf(JsonParser json) {
        return Math.toIntExact(json.currentLocation().getByteOffset());
    }

    private static List<Decoded> rejected(RejectReason reason, String detail, byte[] record) {
        return List.of(Rejection.of(reason, detail, record, 0, record.length));
    }
}
