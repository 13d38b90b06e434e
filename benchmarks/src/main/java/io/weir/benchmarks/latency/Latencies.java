package io.weir.benchmarks.latency;

import org.HdrHistogram.ConcurrentHistogram;
import org.HdrHistogram.Histogram;

/** Times from when a reading was to be sent until it was seen, in microseconds. Thread-safe while they are recorded. */
public final class Latencies {

    private static final int SIGNIFICANT_DIGITS = 3;
    private static final double MILLI = 1000.0;

    private final Histogram micros = new ConcurrentHistogram(SIGNIFICANT_DIGITS);

    /** Adds one. */
    public void record(long nanos) {
        micros.recordValue(nanos / 1000);
    }

    public long samples() {
        return micros.getTotalCount();
    }

    public double millisAt(double percentile) {
        return micros.getValueAtPercentile(percentile) / MILLI;
    }

    public double mostMillis() {
        return micros.getMaxValue() / MILLI;
    }
}
