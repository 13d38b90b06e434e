package io.weir.local.command;

import io.weir.core.text.PrintableText;
import java.io.BufferedOutputStream;
import java.io.Console;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** Where commands write: the answer to standard output, all else to standard error. */
final class Terminal {

    private Terminal() {}

    /** Whether a person looks on, so that what was written may be drawn again. */
    @SuppressWarnings("SystemConsoleNull") // Weir runs on Java 17, where it is null without a terminal.
    static boolean isInteractive() {
        return System.console() != null;
    }

    /** Asks the person who looks on. Anything but a yes is a no. */
    @SuppressWarnings("SystemConsoleNull") // As above.
    static boolean isConfirmed(String question) {
        Console console = System.console();
        String reply = console == null ? null : console.readLine("%s [y/N] ", PrintableText.line(question));
        return reply != null && reply.strip().toLowerCase(Locale.ROOT).matches("y|yes");
    }

    /**
     * For an answer that is bytes: as they are where a program reads them, and escaped where a person does. Standard
     * output stays open when the stream is closed. A character must not be split over two writes.
     */
    static OutputStream bytes() {
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

    /** For the answer alone. Nothing that is printed there can control the terminal. */
    static PrintStream answer() {
        return new PrintableStream(System.out);
    }

    /** For progress, notices and errors. Nothing that is printed there can control the terminal. */
    static PrintStream messages() {
        return new PrintableStream(System.err);
    }

    /** Asks the user; returns the answer, empty if there is none or nobody to ask. */
    @SuppressWarnings("SystemConsoleNull") // As above.
    static String ask(String question) {
        messages().print(question);
        messages().flush();
        Console console = System.console();
        String answer = console == null ? null : console.readLine();
        return answer == null ? "" : answer.strip();
    }

    /** Goes up some lines of the messages on a terminal, and clears it from there. */
    static void eraseMessages(int lines) {
        System.err.print("\u001b[" + lines + "A\u001b[J");
    }

    /** Tells the user something. */
    static void notice(String text) {
        messages().println(text);
    }
}
