package io.weir.metricconsumer;

/** So much of a source was rejected that the application has stopped. The message says why, and what to do. */
final class TooManyRejectedException extends RuntimeException {

    TooManyRejectedException(String message) {
        super(message);
    }
}
