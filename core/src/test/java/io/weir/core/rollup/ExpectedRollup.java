package io.weir.core.rollup;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Comparator;
import java.util.List;

/** The expected rollup of some readings, computed from all of them at once in exact decimals. */
record ExpectedRollup(List<Sample> readings) {

    private static final MathContext DIGITS = new MathContext(120);
    private static final Comparator<Sample> BY_TIME_AND_DEVICE =
            Comparator.comparingLong(Sample::time).thenComparing(Sample::device);

    void assertMatches(Rollup rollup) {
        assertThat(rollup.count()).isEqualTo(readings.size());
        assertThat(rollup.isEmpty()).isEqualTo(readings.isEmpty());
        ErrorBounds bounds = new ErrorBounds(readings.size(), magnitude());
        double sum = sum().doubleValue();
        assertWithin(bounds.ofSum(sum), "sum", rollup.sum(), sum());
        if (readings.size() < 2) {
            assertThat(rollup.standardDeviation()).isEmpty();
        }
        if (!readings.isEmpty()) {
            assertWithin(bounds.ofMean(sum), "mean", rollup.mean(), mean());
            BigDecimal squares = squaredDeviations();
            double bound = bounds.ofSquaredDeviations(squares.doubleValue());
            assertWithin(bound, "squared deviations", rollup.squaredDeviations(), squares);
            assertThat(rollup.min())
                    .isEqualTo(
                            readings.stream().mapToDouble(Sample::value).min().getAsDouble());
            assertThat(rollup.max())
                    .isEqualTo(
                            readings.stream().mapToDouble(Sample::value).max().getAsDouble());
            assertThat(rollup.first())
                    .isEqualTo(readings.stream().min(BY_TIME_AND_DEVICE).get());
            assertThat(rollup.last())
                    .isEqualTo(readings.stream().max(BY_TIME_AND_DEVICE).get());
        }
    }

    private static void assertWithin(double bound, String name, double found, BigDecimal exact) {
        assertThat(new BigDecimal(found).subtract(exact).abs())
                .as("error of the %s %s, exactly %s", name, found, exact.round(MathContext.DECIMAL64))
                .isLessThanOrEqualTo(new BigDecimal(bound));
    }

    private BigDecimal squaredDeviations() {
        BigDecimal mean = mean();
        BigDecimal squares = BigDecimal.ZERO;
        for (Sample reading : readings) {
            BigDecimal deviation = new BigDecimal(reading.value()).subtract(mean);
            squares = squares.add(deviation.pow(2), DIGITS);
        }
        return squares;
    }

    private BigDecimal mean() {
        return sum().divide(BigDecimal.valueOf(readings.size()), DIGITS);
    }

    private BigDecimal sum() {
        return readings.stream().map(r -> new BigDecimal(r.value())).reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    private double magnitude() {
        return readings.stream().mapToDouble(r -> Math.abs(r.value())).sum();
    }
}
