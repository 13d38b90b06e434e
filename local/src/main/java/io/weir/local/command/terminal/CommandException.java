package io.weir.local.command.terminal;

/** A command failed. The message is shown to the user without a stack trace. */
public final class CommandException extends RuntimeException {

    public CommandException(String message) {
        super(message);
    }

    public CommandException(String message, Throwable cause) {
        super(message, cause);
    }
}
