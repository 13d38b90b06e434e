package io.weir.benchmarks.measured;

/** What was to be measured did not come to its end, or was wrong: its figures mean nothing. */
public final class NotMeasuredException extends RuntimeException {

    public NotMeasuredException(String message) {
        super(message);
    }
}
