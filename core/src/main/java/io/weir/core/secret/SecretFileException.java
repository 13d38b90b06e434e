package io.weir.core.secret;

/**
 * A file that should hold a secret cannot be read or written, or is open to other users. The message names the remedy.
 */
public final class SecretFileException extends RuntimeException {

    private static final long serialVersionUID = 1;

    public SecretFileException(String message) {
        super(message);
    }

    public SecretFileException(String message, Throwable cause) {
        super(message, cause);
    }
}
