package io.weir.local.command.terminal;

import java.io.BufferedOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/**
 * The standard output of a command. A write that fails throws a {@link LostOutputException} and so ends the command,
 * where a {@link PrintStream} alone would go on in silence. Only the first failure throws: later writes, such as those
 * of streams that are closed, are dropped.
 */
public final class ResultStream extends OutputStream {

    private final OutputStream out;
    private boolean isLost;

    ResultStream(OutputStream out) {
        this.out = out;
    }

    /** Returns a stream for the standard output of this process, in UTF-8. Each line is written at once. */
    public static PrintStream standardOutput() {
        return printing(new FileOutputStream(FileDescriptor.out));
    }

    /** Returns a stream that prints in UTF-8. Each line is written at once. */
    public static PrintStream printing(OutputStream out) {
        return new PrintStream(new BufferedOutputStream(new ResultStream(out)), true, StandardCharsets.UTF_8);
    }

    @Override
    public void write(int one) {
        write(new byte[] {(byte) one}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int from, int length) {
        if (isLost) {
            return;
        }
        try {
            out.write(bytes, from, length);
        } catch (IOException e) {
            isLost = true;
            throw new LostOutputException(e);
        }
    }
}
