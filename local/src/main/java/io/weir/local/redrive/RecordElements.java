package io.weir.local.redrive;

import io.weir.core.reading.JsonReadingDecoder;
import io.weir.core.reading.RecordElement;
import java.util.Arrays;
import java.util.Optional;

/** Finds in a record of canonical JSON the bytes that a reading of it was decoded from. */
final class RecordElements {

    private static final JsonReadingDecoder DECODER = new JsonReadingDecoder();

    private RecordElements() {}

    /**
     * Returns the object that the reading with this index came from, or whatever stands in its place in an array; empty
     * if the record has none such.
     */
    static Optional<byte[]> at(int index, byte[] record) {
        int next = 0;
        for (RecordElement element : DECODER.elements(record)) {
            next += element.decoded();
            if (index < next) {
                int from = element.from();
                return Optional.of(Arrays.copyOfRange(record, from, from + element.length()));
            }
        }
        return Optional.empty();
    }
}
