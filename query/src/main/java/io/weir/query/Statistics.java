package io.weir.query;

import io.weir.core.rollup.Rollup;
import io.weir.core.rollup.Sample;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What is said of the readings in a window or a span. Where there are none, count is 0 and all else null.
 *
 * @param stddev of the sample (n − 1); null for fewer than two readings
 * @param p50 the value at rank ⌊0.5·(n−1)⌋ within 1 % of itself; p95 and p99 likewise
 * @param first the earliest reading
 */
public record Statistics(
        long count,
        @Nullable Double sum,
        @Nullable Double min,
        @Nullable Double max,
        @Nullable Double mean,
        @Nullable Double stddev,
        @Nullable Double p50,
        @Nullable Double p95,
        @Nullable Double p99,
        @Nullable Point first,
        @Nullable Point last) {

    private static final Statistics OF_NOTHING =
            new Statistics(0, null, null, null, null, null, null, null, null, null, null);

    /** A reading's time and value. */
    public record Point(Instant time, double value) {

        static Point of(Sample sample) {
            return new Point(Instant.ofEpochMilli(sample.time()), sample.value());
        }
    }

    static Statistics of(Rollup rollup) {
        if (rollup.isEmpty()) {
            return OF_NOTHING;
        }
        return new Statistics(
                rollup.count(),
                rollup.sum(),
                rollup.min(),
                rollup.max(),
                rollup.mean(),
                rollup.count() < 2 ? null : rollup.standardDeviation().getAsDouble(),
                RollupFunction.quantile(rollup, 0.5),
                RollupFunction.quantile(rollup, 0.95),
                RollupFunction.quantile(rollup, 0.99),
                Point.of(rollup.first()),
                Point.of(rollup.last()));
    }
}
