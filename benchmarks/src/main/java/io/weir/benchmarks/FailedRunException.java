package io.weir.benchmarks;

/** What was to be measured did not come to its end. The message says what happened, and where its output is. */
public final class FailedRunException extends RuntimeException {

    public FailedRunException(String message) {
        super(message);
    }
}
