package io.weir.query.json;

import com.fasterxml.jackson.databind.SequenceWriter;
import java.io.IOException;
import java.io.UncheckedIOException;

/** A JSON array that is written to a stream. Closing the array leaves the stream open. */
public final class JsonArray implements AutoCloseable {

    private final SequenceWriter array;

    JsonArray(SequenceWriter array) {
        this.array = array;
    }

    public void add(Object element) {
        try {
            array.write(element);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        try {
            array.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
