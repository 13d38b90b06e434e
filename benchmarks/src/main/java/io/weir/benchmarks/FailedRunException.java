package io.weir.benchmarks;

/** The run of a variant failed. The message contains the cause and the location of its output. */
final class FailedRunException extends RuntimeException {

    FailedRunException(String message) {
        super(message);
    }
}
