package io.weir.local.command;

/** A command failed. The message is shown to the user without a stack trace. */
final class CommandException extends RuntimeException {

    CommandException(String message) {
        super(message);
    }

    CommandException(String message, Throwable cause) {
        super(message, cause);
    }
}
