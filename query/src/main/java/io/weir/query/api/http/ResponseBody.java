package io.weir.query.api.http;

import io.javalin.http.Context;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * The body of a response. A small body is buffered until it is complete, so that it can have an entity tag and a late
 * failure can still be reported. A larger body is streamed, in bounded memory.
 */
public final class ResponseBody extends OutputStream {

    public static final int HELD = 1 << 20;

    /** Memory is reserved in steps of this size, so that small responses take little of it. */
    private static final int STEP = 64 << 10;

    private final Context context;
    private final ResponseMemory memory;
    private ByteArrayOutputStream held = new ByteArrayOutputStream();
    private int taken;
    private @Nullable OutputStream sent;

    public ResponseBody(Context context, ResponseMemory memory) {
        this.context = context;
        this.memory = memory;
        RequestEnd.then(context, this::release);
    }

    @Override
    public void write(int one) throws IOException {
        write(new byte[] {(byte) one}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int from, int length) throws IOException {
        if (sent == null && held.size() + length > HELD) {
            sent = context.outputStream();
            held.writeTo(sent);
            held = new ByteArrayOutputStream(0);
            release();
            context.res().flushBuffer(); // from here on a failure can only abort the connection
        }
        if (sent == null) {
            take(held.size() + length);
            held.write(bytes, from, length);
        } else {
            sent.write(bytes, from, length);
        }
    }

    private synchronized void take(int size) {
        if (size > taken) {
            int more = (size - taken + STEP - 1) / STEP * STEP;
            memory.take(more);
            taken += more;
        }
    }

    /** Called at the latest when the response is sent or its connection is closed. */
    private synchronized void release() {
        memory.release(taken);
        taken = 0;
    }

    /** Sends the buffered body, or 304 if the client has it already. */
    public void finish() throws IOException {
        if (sent != null) {
            sent.flush();
            return;
        }
        byte[] whole = held.toByteArray();
        context.res().addHeader("Vary", "Accept-Encoding");
        String tag = tag(whole);
        context.header("ETag", tag);
        if (isKnown(tag)) {
            context.status(304);
        } else {
            context.result(whole);
        }
    }

    private boolean isKnown(String tag) {
        String known = context.header("If-None-Match");
        if (known == null) {
            return false;
        }
        for (String one : known.split(",", -1)) {
            if (one.strip().equals(tag) || one.strip().equals("*")) {
                return true;
            }
        }
        return false;
    }

    /** The compressed form is another representation, so it needs another strong tag. */
    private String tag(byte[] whole) {
        byte[] start = {};
        String encoding = context.header("Accept-Encoding");
        if (encoding != null) {
            start = encoding.getBytes(StandardCharsets.UTF_8);
        }
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(start);
            digest.update((byte) 0);
            return '"' + HexFormat.of().formatHex(digest.digest(whole), 0, 16) + '"';
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JVM has SHA-256", e);
        }
    }
}
