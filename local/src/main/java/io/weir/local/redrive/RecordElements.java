package io.weir.local.redrive;

import io.weir.core.reading.JsonReadingDecoder;
import io.weir.core.reading.RecordElement;
import java.util.Arrays;
import java.util.Optional;

/** Finds the bytes of a single reading in a record of canonical JSON. */
final class RecordElements {

    private static final JsonReadingDecoder DECODER = new JsonReadingDecoder();

    private RecordElements() {}

    /**
     * Returns the bytes of the object with this index, or of any other array element at this index; empty if the record
     * has no such element.
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
