package io.weir.local.command.publish;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.weir.core.reading.JsonReadingDecoder;
import io.weir.core.reading.RecordElement;
import io.weir.metricproducer.RecordSink;
import java.io.PrintStream;

/** Prints the first objects that would be sent, one per line, and sends nothing. */
final class PreviewSink implements RecordSink {

    private static final int LIMIT = 10;

    private final JsonReadingDecoder decoder = new JsonReadingDecoder();
    private final PrintStream out;
    private int printed;

    PreviewSink(PrintStream out) {
        this.out = out;
    }

    boolean isFull() {
        return printed >= LIMIT;
    }

    boolean isEmpty() {
        return printed == 0;
    }

    @Override
    public void send(byte[] key, byte[] value) {
        for (RecordElement element : decoder.elements(value)) {
            if (!isFull()) {
                out.println(new String(value, element.from(), element.length(), UTF_8).replaceAll("\\s*\\R\\s*", " "));
                printed++;
            }
        }
    }

    @Override
    public void flush() {
        out.flush();
    }
}
