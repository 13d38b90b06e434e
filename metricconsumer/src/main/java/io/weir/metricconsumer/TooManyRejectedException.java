package io.weir.metricconsumer;

/**
 * Thrown after the application has stopped because too large a share of a source was rejected. The message says why,
 * and what to do.
 */
final class TooManyRejectedException extends RuntimeException {

    TooManyRejectedException(String message) {
        super(message);
    }
}
