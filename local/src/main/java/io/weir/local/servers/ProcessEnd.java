package io.weir.local.servers;

import java.util.Map;

/** Describes how a process ended, and the likely cause. */
final class ProcessEnd {

    /** The exit code after an OutOfMemoryError: the JVMs run with -XX:+ExitOnOutOfMemoryError. */
    private static final int OUT_OF_MEMORY = 3;

    /** The exit code of a process that a signal ended is this plus the signal's number. */
    private static final int SIGNALLED = 128;

    private static final int KILL = 9;
    private static final Map<Integer, String> ASKED = Map.of(1, "SIGHUP", 2, "SIGINT", 15, "SIGTERM");
    private static final Map<Integer, String> CRASHED =
            Map.of(4, "SIGILL", 6, "SIGABRT", 7, "SIGBUS", 8, "SIGFPE", 11, "SIGSEGV");

    private final int code;

    ProcessEnd(int code) {
        this.code = code;
    }

    /** Returns the exit code or the signal as a phrase to follow "has stopped". */
    String how() {
        int signal = code - SIGNALLED;
        String name = signal == KILL ? "SIGKILL" : ASKED.getOrDefault(signal, CRASHED.get(signal));
        return name == null ? "with exit code " + code : "by signal " + signal + " (" + name + ")";
    }

    /** Returns the likely cause as a sentence, or refers to the log. */
    String cause() {
        int signal = code - SIGNALLED;
        if (code == OUT_OF_MEMORY) {
            return "Its JVM ran out of memory.";
        }
        if (signal == KILL) {
            return "Another process killed it, or the kernel did because memory ran out (see dmesg).";
        }
        if (ASKED.containsKey(signal)) {
            return "Another process asked it to end.";
        }
        if (CRASHED.containsKey(signal)) {
            return "Its JVM crashed, and wrote a file hs_err_pid*.log.";
        }
        return "Its log says why.";
    }
}
