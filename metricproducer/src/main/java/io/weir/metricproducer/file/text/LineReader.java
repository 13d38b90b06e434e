package io.weir.metricproducer.file.text;

import io.weir.metricproducer.PublishException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.Charset;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import org.jspecify.annotations.Nullable;

/**
 * Decodes a file and splits it into lines, in bounded memory: a line beyond {@value #MAX_CHARS} characters is returned
 * in pieces. A line ends with LF, CR LF or CR. Invalid bytes mark their line as invalid; reading continues. Not
 * thread-safe.
 */
public final class LineReader {

    /** With key and framing, just below the default limits of Kafka's producers and brokers. */
    public static final int MAX_CHARS = 1_000_000;

    private static final int BUFFER = 64 * 1024;
    private static final char BYTE_ORDER_MARK = '\uFEFF';
    private static final char REPLACEMENT = '\uFFFD';

    private final InputStream in;
    private final Charset charset;
    private final CharsetDecoder decoder;
    private final ByteBuffer bytes = ByteBuffer.allocate(BUFFER).flip();
    private final CharBuffer chars = CharBuffer.allocate(BUFFER).flip();
    private final StringBuilder line = new StringBuilder();
    private long bytesDecoded;
    private boolean ended;
    private boolean flushed;
    private boolean begun;

    /** The position in {@link #chars} of a replacement for invalid bytes, or -1; there is at most one per fill. */
    private int replacementAt = -1;

    private long invalidByte;
    private long invalidAt = Line.VALID;
    private long number;
    private boolean continues;

    LineReader(InputStream in, Charset charset) {
        this.in = in;
        this.charset = charset;
        this.decoder = charset.newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT);
    }

    public Charset charset() {
        return charset;
    }

    /** The number of lines begun so far. */
    public long lines() {
        return number;
    }

    /**
     * Returns the next line, or the next piece of one; null at the end.
     *
     * @throws PublishException if the first line shows that the file is in another charset
     */
    @Nullable
    public Line next() throws IOException {
        line.setLength(0);
        invalidAt = Line.VALID;
        while (line.length() < MAX_CHARS) {
            if (!chars.hasRemaining() && !fill()) {
                return line.isEmpty() && !continues ? null : ended(true);
            }
            if (takeUpToBreak()) {
                return ended(true);
            }
        }
        return ended(false);
    }

    /** Skips the pieces that follow a piece of a line. */
    public void skipRest(Line line) throws IOException {
        Line piece = line;
        while (piece != null && !piece.complete()) {
            piece = next();
        }
    }

    private Line ended(boolean complete) {
        if (!continues) {
            number++;
        }
        continues = !complete;
        if (number == 1 && line.indexOf("\0") >= 0) {
            throw new PublishException("the first line has NUL bytes, so the charset is wrong: set the file's charset"
                    + " with --charset, for example UTF-16LE or UTF-16BE");
        }
        return new Line(number, line.toString(), complete, invalidAt);
    }

    /** Moves characters to the line; returns whether a line break followed, which is dropped. */
    private boolean takeUpToBreak() throws IOException {
        int end = Math.min(chars.limit(), chars.position() + MAX_CHARS - line.length());
        int at = chars.position();
        while (at < end && chars.get(at) != '\n' && chars.get(at) != '\r') {
            at++;
        }
        if (replacementAt >= chars.position() && replacementAt < at) {
            invalidAt = invalidAt == Line.VALID ? invalidByte : invalidAt;
        }
        line.append(chars.array(), chars.position(), at - chars.position());
        chars.position(at);
        if (at == end) {
            return false;
        }
        if (chars.get() == '\r' && (chars.hasRemaining() || fill()) && chars.get(chars.position()) == '\n') {
            chars.get();
        }
        return true;
    }

    /** Decodes more characters; returns whether there are any. */
    private boolean fill() throws IOException {
        chars.clear();
        replacementAt = -1;
        while (chars.position() == 0 && !flushed) {
            decode();
        }
        chars.flip();
        if (!begun && chars.hasRemaining()) {
            begun = true;
            if (chars.get(0) == BYTE_ORDER_MARK) {
                chars.get();
                return chars.hasRemaining() || fill();
            }
        }
        return chars.hasRemaining();
    }

    private void decode() throws IOException {
        int before = bytes.position();
        CoderResult result = decoder.decode(bytes, chars, ended);
        bytesDecoded += bytes.position() - before;
        if (result.isError()) {
            replacementAt = chars.position();
            invalidByte = bytesDecoded;
            chars.put(REPLACEMENT);
            bytes.position(bytes.position() + result.length());
            bytesDecoded += result.length();
        } else if (result.isUnderflow() && chars.position() == 0) {
            if (ended) {
                decoder.flush(chars);
                flushed = true;
            } else {
                read();
            }
        }
    }

    private void read() throws IOException {
        bytes.compact();
        int read = in.read(bytes.array(), bytes.position(), bytes.remaining());
        ended = read < 0;
        bytes.position(bytes.position() + Math.max(0, read)).flip();
    }
}
