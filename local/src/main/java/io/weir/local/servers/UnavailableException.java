package io.weir.local.servers;

/**
 * A server, a port or a data directory is unavailable. The message says what was found and what to do.
 *
 * <p>The message is shown to the user without a stack trace.
 */
public final class UnavailableException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public UnavailableException(String message) {
        super(message);
    }

    public UnavailableException(String message, Throwable cause) {
        super(message, cause);
    }
}
