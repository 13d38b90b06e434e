package io.weir.query.log;

import org.jspecify.annotations.Nullable;

/** Kafka is unreachable, or did not return the requested data. */
public final class LogUnreachableException extends RuntimeException {

    public LogUnreachableException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
