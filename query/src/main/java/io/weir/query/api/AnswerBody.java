package io.weir.query.api;

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
 * The body of an answer on its way. What is small is held until it is whole, so that it can have an entity tag, and so
 * that what goes wrong meanwhile can still be told. What is larger is sent while it is made, in bounded memory.
 */
final class AnswerBody extends OutputStream {

    static final int HELD = 1 << 20;

    /** Memory is taken in steps of this size: many small answers fit where few large ones do. */
    private static final int STEP = 64 << 10;

    private final Context context;
    private final AnswerMemory memory;
    private ByteArrayOutputStream held = new ByteArrayOutputStream();
    private int taken;
    private @Nullable OutputStream sent;

    AnswerBody(Context context, AnswerMemory memory) {
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
            context.res().flushBuffer(); // from here on a failure can only break the connection off
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

    /** At the latest when the answer is sent, or its connection is gone. */
    private synchronized void release() {
        memory.release(taken);
        taken = 0;
    }

    /** Sends what is held, or nothing if the client has it already. */
    void finish() throws IOException {
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

    /** The compressed form is another representation, so that it has another strong tag. */
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
