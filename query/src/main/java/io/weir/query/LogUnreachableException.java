package io.weir.query;

import org.jspecify.annotations.Nullable;

/** Kafka did not answer. */
public final class LogUnreachableException extends RuntimeException {

    public LogUnreachableException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
