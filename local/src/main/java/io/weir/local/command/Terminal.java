package io.weir.local.command;

import java.io.Console;
import java.io.PrintStream;

/** Where commands write: the answer to standard output, all else to standard error. */
final class Terminal {

    private Terminal() {}

    /** Whether a person looks on, so that what was written may be drawn again. */
    @SuppressWarnings("SystemConsoleNull") // Weir runs on Java 17, where it is null without a terminal.
    static boolean isInteractive() {
        return System.console() != null;
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
