package io.weir.local.redrive;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import io.weir.core.reading.JsonReadingDecoder;
import io.weir.core.reading.ReadingDecoder;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Finds in a record of canonical JSON the bytes that a reading of it was decoded from. */
final class RecordElements {

    private static final JsonFactory JSON = JsonFactory.builder()
            .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS) // as the decoder does
            .build();

    private static final ReadingDecoder DECODER = new JsonReadingDecoder();

    private RecordElements() {}

    /**
     * Returns the object that the reading with this index came from, or whatever stands in its place in an array; empty
     * if the record has none such.
     */
    static Optional<byte[]> at(int index, byte[] record) {
        int next = 0;
        for (byte[] element : split(record)) {
            next += isObject(element) ? DECODER.decode(element).size() : 1;
            if (index < next) {
                return Optional.of(element);
            }
        }
        return Optional.empty();
    }

    private static boolean isObject(byte[] element) {
        return element[0] == '{';
    }

    /** Returns the elements of an array, or the one object; none of what is neither. */
    private static List<byte[]> split(byte[] record) {
        List<byte[]> elements = new ArrayList<>();
        try (JsonParser json = JSON.createParser(record)) {
            JsonToken first = json.nextToken();
            if (first == JsonToken.START_OBJECT) {
                elements.add(current(json, record));
            } else if (first == JsonToken.START_ARRAY) {
                while (json.nextToken() != JsonToken.END_ARRAY) {
                    elements.add(current(json, record));
                }
            }
            return elements;
        } catch (IOException e) {
            return List.of(); // not JSON: it has no elements
        }
    }

    private static byte[] current(JsonParser json, byte[] record) throws IOException {
        int from = Math.toIntExact(json.currentTokenLocation().getByteOffset());
        json.skipChildren();
        json.finishToken();
        return Arrays.copyOfRange(
                record, from, Math.toIntExact(json.currentLocation().getByteOffset()));
    }
}
