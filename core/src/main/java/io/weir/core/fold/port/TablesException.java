package io.weir.core.fold.port;

/**
 * Thrown if the tables could not be read or written after all retries. Some writes may have been applied, and some may
 * be applied later; the fold must be opened again before it continues.
 */
public class TablesException extends RuntimeException {

    public TablesException(String message, Throwable cause) {
        super(message, cause);
    }

    public TablesException(String message) {
        super(message);
    }
}
