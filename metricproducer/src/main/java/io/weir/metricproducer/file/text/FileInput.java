package io.weir.metricproducer.file.text;

import io.weir.metricproducer.PublishException;
import java.io.BufferedInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;

/**
 * Decodes the bytes of a file: decompresses gzip, and uses the given charset, else that of the byte order mark, else
 * UTF-8. Not thread-safe.
 */
public final class FileInput implements AutoCloseable {

    private static final int MARK_BYTES = 4;

    private final Counted raw;
    private final InputStream text;
    private final Charset charset;

    private FileInput(Counted raw, InputStream text, Charset charset) {
        this.raw = raw;
        this.text = text;
        this.charset = charset;
    }

    /**
     * Opens a file.
     *
     * @param in the file's bytes; closed with this input
     * @param charset null to detect it
     * @throws PublishException if the file is recognised as binary
     */
    public static FileInput open(InputStream in, @Nullable Charset charset) throws IOException {
        Counted raw = new Counted(in);
        InputStream text = new BufferedInputStream(raw, 64 * 1024);
        byte[] start = start(text);
        if (begins(start, 0x1F, 0x8B)) {
            text = new BufferedInputStream(new GZIPInputStream(text, 64 * 1024), 64 * 1024);
            start = start(text);
        }
        if (begins(start, 'P', 'K', 3, 4)) {
            throw new PublishException(
                    "a ZIP archive or a spreadsheet, not text: unpack it, or save the sheet as CSV, and publish that");
        }
        return new FileInput(raw, text, charset == null ? charsetOf(start) : charset);
    }

    /** Returns the number of bytes read, before decompression. */
    public long bytes() {
        return raw.bytes;
    }

    public LineReader lines() {
        return new LineReader(text, charset);
    }

    /** Returns up to the given number of bytes of the text, to detect the format. */
    public byte[] sample(int length) throws IOException {
        return text.readNBytes(length);
    }

    public Charset charset() {
        return charset;
    }

    @Override
    public void close() throws IOException {
        text.close();
    }

    private static Charset charsetOf(byte[] start) {
        if (begins(start, 0xFF, 0xFE)) {
            return StandardCharsets.UTF_16LE;
        }
        return begins(start, 0xFE, 0xFF) ? StandardCharsets.UTF_16BE : StandardCharsets.UTF_8;
    }

    private static byte[] start(InputStream in) throws IOException {
        in.mark(MARK_BYTES);
        byte[] start = in.readNBytes(MARK_BYTES);
        in.reset();
        return start;
    }

    private static boolean begins(byte[] start, int... bytes) {
        for (int i = 0; i < bytes.length; i++) {
            if (i >= start.length || (start[i] & 0xFF) != bytes[i]) {
                return false;
            }
        }
        return true;
    }

    private static final class Counted extends FilterInputStream {

        private long bytes;

        Counted(InputStream in) {
            super(in);
        }

        @Override
        public int read() throws IOException {
            int read = super.read();
            bytes += read < 0 ? 0 : 1;
            return read;
        }

        @Override
        public int read(byte[] buffer, int from, int length) throws IOException {
            int read = super.read(buffer, from, length);
            bytes += Math.max(0, read);
            return read;
        }
    }
}
