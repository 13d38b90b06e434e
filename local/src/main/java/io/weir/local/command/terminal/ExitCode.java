package io.weir.local.command.terminal;

/** The exit codes of all commands. */
public final class ExitCode {

    public static final int DONE = 0;

    /** The command failed, or its result is negative. */
    public static final int FAILED = 1;

    public static final int WRONG_USAGE = 2;

    private ExitCode() {}
}
