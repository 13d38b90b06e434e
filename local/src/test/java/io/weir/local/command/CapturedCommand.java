package io.weir.local.command;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.util.function.IntSupplier;

/**
 * What a command of this process has printed.
 *
 * @param code the exit code
 */
public record CapturedCommand(int code, String out, String err) {

    public static CapturedCommand of(String... args) {
        return of(() -> Weir.execute(args));
    }

    public static CapturedCommand of(IntSupplier command) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        return writingTo(new PrintStream(out, true, UTF_8), command, out);
    }

    /** Runs a command whose standard output is a stream. */
    static CapturedCommand writingTo(PrintStream standardOutput, String... args) {
        return writingTo(standardOutput, () -> Weir.execute(args), new ByteArrayOutputStream());
    }

    private static CapturedCommand writingTo(PrintStream newOut, IntSupplier command, ByteArrayOutputStream captured) {
        PrintStream out = System.out;
        PrintStream err = System.err;
        ByteArrayOutputStream newErr = new ByteArrayOutputStream();
        System.setOut(newOut);
        System.setErr(new PrintStream(newErr, true, UTF_8));
        try {
            int code = command.getAsInt();
            return new CapturedCommand(code, captured.toString(UTF_8), newErr.toString(UTF_8));
        } finally {
            System.setOut(out);
            System.setErr(err);
        }
    }
}
