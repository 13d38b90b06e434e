package io.weir.metricconsumer;

/**
 * Thrown if a query has failed too often without completing a batch in between. The message says why, and what to do.
 */
final class RepeatedFailureException extends RuntimeException {

    RepeatedFailureException(String message) {
        super(message);
    }
}
