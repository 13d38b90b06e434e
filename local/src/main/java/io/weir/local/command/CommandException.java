package io.weir.local.command;

/** A command cannot do its work. The message is meant for the user as it is. */
final class CommandException extends RuntimeException {

    CommandException(String message) {
        super(message);
    }

    CommandException(String message, Throwable cause) {
        super(message, cause);
    }
}
