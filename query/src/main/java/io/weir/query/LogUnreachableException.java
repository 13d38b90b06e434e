package io.weir.query;

/** Kafka did not answer. */
public final class LogUnreachableException extends RuntimeException {

    public LogUnreachableException(String message, Throwable cause) {
        super(message, cause);
    }
}
