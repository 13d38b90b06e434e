package io.weir.metricproducer;

/** Publishing cannot go on. The message, meant for a person, says what was found and what to do. */
public final class PublishException extends RuntimeException {

    public PublishException(String message) {
        super(message);
    }

    public PublishException(String message, Throwable cause) {
        super(message, cause);
    }
}
