package io.weir.benchmarks;

/** A variant did not come to its end. The message says what happened, and where its output is. */
final class FailedRunException extends RuntimeException {

    FailedRunException(String message) {
        super(message);
    }
}
