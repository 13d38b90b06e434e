package io.weir.local.command.publish;

import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * An input stream whose reader can be stopped: reads of a pipe or a terminal cannot be interrupted, so a separate
 * thread reads. Holds at most {@value #CHUNKS} chunks of {@value #CHUNK_BYTES} bytes. For one reader.
 */
final class StoppableInput extends InputStream {

    private static final int CHUNKS = 4;
    private static final int CHUNK_BYTES = 64 * 1024;
    private static final int LOOK_MILLIS = 50;

    private final InputStream in;
    private final BooleanSupplier stop;
    private final BlockingQueue<Chunk> chunks = new ArrayBlockingQueue<>(CHUNKS);
    private Chunk current = new Chunk(new byte[0], 0, null);
    private int at;

    /** @param length -1 at the end of the input */
    private record Chunk(byte[] bytes, int length, @Nullable IOException failure) {}

    StoppableInput(InputStream in, BooleanSupplier stop) {
        this.in = in;
        this.stop = stop;
        Thread reader = new Thread(this::pump, "input");
        reader.setDaemon(true);
        reader.start();
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    /** Returns -1 at the end of the input and after a stop request. */
    @Override
    public int read(byte[] buffer, int from, int length) throws IOException {
        while (at >= current.length()) {
            if (current.length() < 0 || !take()) {
                return -1;
            }
        }
        int count = Math.min(length, current.length() - at);
        System.arraycopy(current.bytes(), at, buffer, from, count);
        at += count;
        return count;
    }

    private boolean take() throws IOException {
        Chunk next = null;
        try {
            while (next == null && !stop.getAsBoolean()) {
                next = chunks.poll(LOOK_MILLIS, TimeUnit.MILLISECONDS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (next == null) {
            return false;
        }
        if (next.failure() != null) {
            throw next.failure();
        }
        current = next;
        at = 0;
        return true;
    }

    private void pump() {
        try {
            int length = 0;
            while (length >= 0) {
                byte[] bytes = new byte[CHUNK_BYTES];
                length = in.read(bytes);
                chunks.put(new Chunk(bytes, length, null));
            }
        } catch (IOException e) {
            fail(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void fail(IOException failure) {
        try {
            chunks.put(new Chunk(new byte[0], 0, failure));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
