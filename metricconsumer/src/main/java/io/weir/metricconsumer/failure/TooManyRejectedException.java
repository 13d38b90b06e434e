package io.weir.metricconsumer.failure;

/**
 * Thrown after the application has stopped because too large a share of a source was rejected. The message says why,
 * and what to do.
 */
public final class TooManyRejectedException extends RuntimeException {

    public TooManyRejectedException(String message) {
        super(message);
    }
}
