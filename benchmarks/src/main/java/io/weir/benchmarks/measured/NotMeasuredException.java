package io.weir.benchmarks.measured;

/** A measurement failed or its tables are wrong, so that its figures are invalid. */
public final class NotMeasuredException extends RuntimeException {

    public NotMeasuredException(String message) {
        super(message);
    }
}
