package io.weir.e2e.rig;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.weir.core.reading.NameOrder;
import io.weir.core.reading.Reading;
import io.weir.query.Statistics;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Comparator;
import java.util.List;

/** Computes the expected statistics of readings by exact sums and sorted values. */
public record PlainStatistics(List<Reading> readings) {

    public void assertEqual(Statistics found, String what) {
        assertThat(found.count()).as(what).isEqualTo(readings.size());
        if (readings.isEmpty()) {
            assertThat(found.sum()).as(what).isNull();
            assertThat(found.first()).as(what).isNull();
            return;
        }
        double[] sorted = readings.stream().mapToDouble(Reading::value).sorted().toArray();
        double sum = sum(readings.stream()
                        .map(reading -> new BigDecimal(reading.value()))
                        .toList())
                .doubleValue();
        double magnitude = readings.stream()
                .mapToDouble(reading -> Math.abs(reading.value()))
                .sum();
        assertThat(found.sum()).as(what).isCloseTo(sum, within(1e-12 * magnitude));
        assertThat(found.mean()).as(what).isCloseTo(sum / sorted.length, within(1e-12 * magnitude));
        assertThat(found.min()).as(what).isEqualTo(sorted[0]);
        assertThat(found.max()).as(what).isEqualTo(sorted[sorted.length - 1]);
        assertDeviation(found, what);
        assertPercentile(found.p50(), sorted, 50, what);
        assertPercentile(found.p95(), sorted, 95, what);
        assertPercentile(found.p99(), sorted, 99, what);
        Comparator<Reading> order =
                Comparator.comparingLong(Reading::time).thenComparing(Reading::device, NameOrder.INSTANCE);
        assertPoint(found.first(), readings.stream().min(order).orElseThrow(), what);
        assertPoint(found.last(), readings.stream().max(order).orElseThrow(), what);
    }

    private void assertDeviation(Statistics found, String what) {
        int n = readings.size();
        if (n < 2) {
            assertThat(found.stddev()).as(what).isNull();
            return;
        }
        List<BigDecimal> values = readings.stream()
                .map(reading -> new BigDecimal(reading.value()))
                .toList();
        BigDecimal mean = sum(values).divide(BigDecimal.valueOf(n), MathContext.DECIMAL128);
        BigDecimal squares = sum(values.stream()
                .map(value -> value.subtract(mean).pow(2, MathContext.DECIMAL128))
                .toList());
        double deviation = Math.sqrt(squares.doubleValue() / (n - 1));
        assertThat(found.stddev()).as(what).isCloseTo(deviation, within(1e-9 * deviation + 1e-12));
    }

    private static void assertPercentile(Double found, double[] sorted, long percent, String what) {
        int below = (int) (percent * (sorted.length - 1) / 100);
        double share = percent * (sorted.length - 1) % 100 / 100.0;
        double low = sorted[below];
        double high = sorted[Math.min(below + 1, sorted.length - 1)];
        double tolerance = 0.005 * Math.max(Math.abs(low), Math.abs(high));
        assertThat(found).as(what).isCloseTo(low + (high - low) * share, within(tolerance));
    }

    private static void assertPoint(Statistics.Point found, Reading exact, String what) {
        assertThat(found.time().toEpochMilli()).as(what).isEqualTo(exact.time());
        assertThat(found.value()).as(what).isEqualTo(exact.value());
    }

    private static BigDecimal sum(List<BigDecimal> values) {
        return values.stream().reduce(BigDecimal.ZERO, BigDecimal::add);
    }
}
