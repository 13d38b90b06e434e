package io.weir.local.command.terminal;

import io.weir.core.text.FailureText;
import java.io.IOException;

/** The result of a command could not be written to standard output. */
public final class LostOutputException extends RuntimeException {

    private static final String NO_READER = "Broken pipe";

    private final boolean hasNoReader;

    public LostOutputException(IOException cause) {
        super("The result cannot be written to standard output: " + FailureText.of(cause), cause);
        this.hasNoReader = NO_READER.equals(cause.getMessage());
    }

    /** Returns whether the reader of a pipe has ended, as {@code head} does when it has enough. */
    public boolean hasNoReader() {
        return hasNoReader;
    }
}
