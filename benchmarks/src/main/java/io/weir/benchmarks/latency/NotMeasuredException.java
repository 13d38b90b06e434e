package io.weir.benchmarks.latency;

/** What was to be measured did not come to its end, or was wrong: its figures mean nothing. */
public final class NotMeasuredException extends RuntimeException {

    NotMeasuredException(String message) {
        super(message);
    }
}
