package io.weir.benchmarks.latency;

import org.HdrHistogram.ConcurrentHistogram;
import org.HdrHistogram.Histogram;

/** The latencies from the due time of a reading until it is visible, in microseconds. Recording is thread-safe. */
public final class Latencies {

    private static final int SIGNIFICANT_DIGITS = 3;
    private static final double MILLI = 1000.0;

    private final Histogram micros = new ConcurrentHistogram(SIGNIFICANT_DIGITS);

    /** Records a latency. */
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
