package io.weir.local.command.terminal;

import io.weir.core.text.PrintableText;
import java.io.BufferedOutputStream;
import java.io.Console;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** The output of commands: results to standard output, everything else to standard error. */
public final class Terminal {

    private Terminal() {}

    /** Returns whether the output is a terminal that can be redrawn. */
    @SuppressWarnings("SystemConsoleNull") // Weir runs on Java 17, where it is null without a terminal.
    public static boolean isInteractive() {
        return System.console() != null;
    }

    /** Asks the user for confirmation. Any reply but yes means no. */
    @SuppressWarnings("SystemConsoleNull") // As above.
    public static boolean isConfirmed(String question) {
        Console console = System.console();
        String reply = console == null ? null : console.readLine("%s [y/N] ", PrintableText.line(question));
        return reply != null && reply.strip().toLowerCase(Locale.ROOT).matches("y|yes");
    }

    /**
     * Returns a stream for a result in bytes: unchanged if a program reads it, escaped on a terminal. Standard output
     * stays open when the stream is closed. A character must not be split over two writes.
     */
    public static OutputStream bytes() {
        if (!isInteractive()) {
            return new BufferedOutputStream(System.out) {
                @Override
                public void close() throws IOException {
                    flush();
                }
            };
        }
        return new OutputStream() {
            @Override
            public void write(int one) {
                write(new byte[] {(byte) one}, 0, 1);
            }

            @Override
            public void write(byte[] bytes, int from, int length) {
                answer().print(new String(bytes, from, length, StandardCharsets.UTF_8));
            }
        };
    }

    /** The stream for results. Escapes control characters. */
    public static PrintStream answer() {
        return new PrintableStream(System.out);
    }

    /** The stream for progress, notices and errors. Escapes control characters. */
    public static PrintStream messages() {
        return new PrintableStream(System.err);
    }

    /** Asks the user; returns the reply, or an empty string without a reply or a terminal. */
    @SuppressWarnings("SystemConsoleNull") // As above.
    public static String ask(String question) {
        messages().print(question);
        messages().flush();
        Console console = System.console();
        String answer = console == null ? null : console.readLine();
        return answer == null ? "" : answer.strip();
    }

    /** Moves the cursor up by some lines on a terminal, and clears everything below. */
    public static void eraseMessages(int lines) {
        System.err.print("\u001b[" + lines + "A\u001b[J");
    }

    /** Prints a notice. */
    public static void notice(String text) {
        messages().println(text);
    }
}
