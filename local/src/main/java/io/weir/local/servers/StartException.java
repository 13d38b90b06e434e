package io.weir.local.servers;

/**
 * Says why a server, a port or a data directory cannot be had: what was found and what to do.
 *
 * <p>The message is meant for the user as it is; a stack trace adds nothing to it.
 */
public final class StartException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public StartException(String message) {
        super(message);
    }

    public StartException(String message, Throwable cause) {
        super(message, cause);
    }
}
