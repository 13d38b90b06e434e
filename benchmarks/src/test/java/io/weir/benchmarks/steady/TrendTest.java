package io.weir.benchmarks.steady;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TrendTest {

    @Test
    void aLagOnALineHasTheSlopeOfTheLine() {
        assertThat(of(second -> 500 + 30 * second, 60).slope()).isCloseTo(30, within(1e-9));
        assertThat(of(second -> 9_000 - 2.5 * second, 60).slope()).isCloseTo(-2.5, within(1e-9));
        assertThat(of(second -> 4_000, 60).slope()).isCloseTo(0, within(1e-9));
    }

    @Test
    void fitsALineToThreePoints() {
        // By hand: means 1 and 2; covariance (−1)(−1) + 0 + (1)(2) over 2.
        Trend trend = Trend.of(List.of(new Trend.Point(0, 1), new Trend.Point(1, 1), new Trend.Point(2, 4)), 1);

        assertThat(trend.slope()).isCloseTo(1.5, within(1e-12));
    }

    @Test
    void growthAboveTheThresholdIsUpward() {
        assertThat(of(second -> 101 * second, 60).isUpward()).isTrue();
        assertThat(of(second -> 99 * second, 60).isUpward()).isFalse();
    }

    @Test
    void aLagThatReturnsToZeroIsNoTrend() {
        assertThat(of(second -> second % 7 * 1_000, 300).isUpward()).isFalse();
    }

    @Test
    void aLagThatFallsAfterTheWarmUpIsNoTrend() {
        assertThat(of(second -> Math.max(0, 50_000 - 5_000 * second), 60).isUpward())
                .isFalse();
    }

    @Test
    void oneSampleHasNoTrend() {
        assertThatThrownBy(() -> of(second -> 1, 1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> of(second -> 1, 0)).isInstanceOf(IllegalArgumentException.class);
    }

    private static Trend of(IntToDoubleFunction lag, int seconds) {
        return Trend.of(
                IntStream.range(0, seconds)
                        .mapToObj(second -> new Trend.Point(second, lag.applyAsDouble(second)))
                        .toList(),
                100);
    }
}
