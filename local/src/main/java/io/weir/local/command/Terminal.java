package io.weir.local.command;

import java.io.Console;
import java.io.PrintStream;
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
        String reply = console == null ? null : console.readLine("%s [y/N] ", question);
        return reply != null && reply.strip().toLowerCase(Locale.ROOT).matches("y|yes");
    }

    /** For the answer alone. */
    static PrintStream answer() {
        return System.out;
    }

    /** For progress, notices and errors. */
    static PrintStream messages() {
        return System.err;
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

    /** Tells the user something. */
    static void notice(String text) {
        messages().println(text);
    }
}
