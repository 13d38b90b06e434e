package io.weir.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.weir.core.rollup.Rollup;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RollupFunctionTest {

    private static final Rollup ONE_TO_HUNDRED = new Rollup();

    static {
        for (int i = 1; i <= 100; i++) {
            ONE_TO_HUNDRED.add(1000L * i, "d", i);
        }
    }

    @ParameterizedTest
    @CsvSource({"count, 100", "sum, 5050", "min, 1", "max, 100", "mean, 50.5", "stddev, 29.011491975882016", "delta, 99"
    })
    void isExact(String name, double expected) {
        Number found = (Number) RollupFunction.named(name).of(ONE_TO_HUNDRED);
        assertThat(found.doubleValue()).isCloseTo(expected, within(1e-12));
    }

    @ParameterizedTest
    @CsvSource({"median, 50", "p50, 50", "p1, 1", "p0.5, 1", "p99, 99", "p99.9, 99", "p25, 25"})
    void percentilesAreWithinOnePercent(String name, double expected) {
        assertThat((Double) RollupFunction.named(name).of(ONE_TO_HUNDRED)).isCloseTo(expected, within(expected / 100));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "p", "p0", "p0.0", "p00", "p05", "p100", "p-1", "p1.2345", "Mean", "mode", "p1e1"})
    void othersAreRefused(String name) {
        assertThatThrownBy(() -> RollupFunction.named(name))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("found \"" + name + "\"; expected any of count");
    }

    @Test
    void sayNothingOfNothing() {
        for (RollupFunction function : RollupFunction.USUAL) {
            assertThat(function.of(new Rollup())).isEqualTo(function.name().equals("count") ? 0L : null);
        }
    }
}
