package io.weir.local.command;

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

    /** Tells the user something. */
    static void notice(String text) {
        messages().println(text);
    }
}
