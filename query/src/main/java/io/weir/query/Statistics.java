package io.weir.query;

import io.weir.core.rollup.Rollup;
import io.weir.core.rollup.Sample;
import java.math.BigDecimal;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The statistics of the readings in a window or a span. Without readings, count is 0 and all other fields are null.
 *
 * @param stddev of the sample (n − 1); null for fewer than two readings
 * @param p50 as {@link Rollup#percentile}; null if no percentile is within 0.5 %; p95 and p99 likewise
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

    private static final BigDecimal P50 = BigDecimal.valueOf(50);
    private static final BigDecimal P95 = BigDecimal.valueOf(95);
    private static final BigDecimal P99 = BigDecimal.valueOf(99);
    private static final Statistics EMPTY =
            new Statistics(0, null, null, null, null, null, null, null, null, null, null);

    /** A reading's time and value. */
    public record Point(Instant time, double value) {

        static Point of(Sample sample) {
            return new Point(Instant.ofEpochMilli(sample.time()), sample.value());
        }
    }

    static Statistics of(Rollup rollup) {
        if (rollup.isEmpty()) {
            return EMPTY;
        }
        return new Statistics(
                rollup.count(),
                rollup.sum(),
                rollup.min(),
                rollup.max(),
                rollup.mean(),
                rollup.count() < 2 ? null : rollup.standardDeviation().getAsDouble(),
                RollupFunction.percentile(rollup, P50),
                RollupFunction.percentile(rollup, P95),
                RollupFunction.percentile(rollup, P99),
                Point.of(rollup.first()),
                Point.of(rollup.last()));
    }
}
