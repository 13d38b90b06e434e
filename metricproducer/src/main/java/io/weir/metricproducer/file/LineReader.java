package io.weir.metricproducer.file;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Cuts a file into lines in bounded memory: of a line beyond the limit only the length is known. */
final class LineReader {

    /** With key and framing, just below what Kafka's producers and brokers take by default. */
    static final int MAX_LINE_BYTES = 1_000_000;

    private static final byte[] BYTE_ORDER_MARK = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};

    private final InputStream in;
    private final byte[] buffer = new byte[64 * 1024];
    private final ByteArrayOutputStream line = new ByteArrayOutputStream(256);
    private int at;
    private int end;
    private long bytes;
    private long lines;

    LineReader(InputStream in) {
        this.in = in;
    }

    /** Lines read so far. */
    long lines() {
        return lines;
    }

    /** Bytes of those lines, with their line breaks. */
    long bytes() {
        return bytes;
    }

    /** Returns the next line without its break, or null at the end. */
    @Nullable
    Line next() throws IOException {
        line.reset();
        long length = 0;
        boolean ended = false;
        while (!ended && (at < end || fill())) {
            int from = at;
            while (at < end && buffer[at] != '\n') {
                at++;
            }
            length += at - from;
            line.write(buffer, from, Math.min(at - from, MAX_LINE_BYTES + 1 - line.size()));
            ended = at < end;
            if (ended) {
                at++;
            }
        }
        if (!ended && length == 0) {
            return null;
        }
        lines++;
        bytes += length + (ended ? 1 : 0);
        return new Line(trimmed(line.toByteArray()), length > MAX_LINE_BYTES);
    }

    private boolean fill() throws IOException {
        at = 0;
        end = Math.max(0, in.read(buffer));
        return end > 0;
    }

    private byte[] trimmed(byte[] read) {
        int from = lines == 1 && startsWithMark(read) ? BYTE_ORDER_MARK.length : 0;
        int to = read.length > from && read[read.length - 1] == '\r' ? read.length - 1 : read.length;
        return from == 0 && to == read.length ? read : Arrays.copyOfRange(read, from, to);
    }

    private static boolean startsWithMark(byte[] read) {
        return read.length >= BYTE_ORDER_MARK.length
                && Arrays.equals(read, 0, BYTE_ORDER_MARK.length, BYTE_ORDER_MARK, 0, BYTE_ORDER_MARK.length);
    }
}
