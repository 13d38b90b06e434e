package io.weir.local.servers;

/**
 * Says why a server, a port or a data directory cannot be had: what was found and what to do.
 *
 * <p>The message is meant for the user as it is; a stack trace adds nothing to it.
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
