package io.weir.core.rollup;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Comparator;
import java.util.List;
import org.assertj.core.data.Offset;

/** What a rollup of some readings must be, computed from all of them at once and in exact decimals. */
record ExpectedRollup(List<Sample> readings) {

    private static final double SUM_TOLERANCE = 1e-12;
    private static final double DEVIATION_TOLERANCE = 1e-9;
    private static final MathContext DIGITS = new MathContext(60);
    private static final Comparator<Sample> BY_TIME_AND_DEVICE =
            Comparator.comparingLong(Sample::time).thenComparing(Sample::device);

    void assertMatches(Rollup rollup) {
        assertThat(rollup.count()).isEqualTo(readings.size());
        assertThat(rollup.isEmpty()).isEqualTo(readings.isEmpty());
        assertThat(rollup.sum()).as("sum").isCloseTo(sum().doubleValue(), within(SUM_TOLERANCE * magnitude()));
        assertDeviation(rollup);
        if (!readings.isEmpty()) {
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

    private void assertDeviation(Rollup rollup) {
        if (readings.size() < 2) {
            assertThat(rollup.standardDeviation()).isEmpty();
            return;
        }
        double expected = standardDeviation();
        assertThat(rollup.standardDeviation().getAsDouble())
                .as("standard deviation")
                .isCloseTo(expected, within(DEVIATION_TOLERANCE * expected));
    }

    private double standardDeviation() {
        BigDecimal count = BigDecimal.valueOf(readings.size());
        BigDecimal mean = sum().divide(count, DIGITS);
        BigDecimal squares = BigDecimal.ZERO;
        for (Sample reading : readings) {
            BigDecimal deviation = new BigDecimal(reading.value()).subtract(mean);
            squares = squares.add(deviation.pow(2), DIGITS);
        }
        return squares.divide(count.subtract(BigDecimal.ONE), DIGITS)
                .sqrt(DIGITS)
                .doubleValue();
    }

    private BigDecimal sum() {
        return readings.stream().map(r -> new BigDecimal(r.value())).reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    private double magnitude() {
        return readings.stream().mapToDouble(r -> Math.abs(r.value())).sum();
    }

    private static Offset<Double> within(double tolerance) {
        return Offset.offset(tolerance);
    }
}
