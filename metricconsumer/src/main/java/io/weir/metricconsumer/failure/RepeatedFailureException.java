package io.weir.metricconsumer.failure;

/**
 * Thrown if a query has failed too often without completing a batch in between. The message says why, and what to do.
 */
public final class RepeatedFailureException extends RuntimeException {

    public RepeatedFailureException(String message) {
        super(message);
    }
}
