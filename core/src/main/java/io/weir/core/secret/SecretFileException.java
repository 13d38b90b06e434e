package io.weir.core.secret;

/**
 * Thrown if a secret's file cannot be read or written, or is accessible to other users. The message names the remedy.
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
