package io.weir.metricproducer;

/** Publishing failed. The message is meant for the user, and says what was found and what to do. */
public final class PublishException extends RuntimeException {

    public PublishException(String message) {
        super(message);
    }

    public PublishException(String message, Throwable cause) {
        super(message, cause);
    }
}
