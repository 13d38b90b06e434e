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
    @CsvSource({"median, 50.5", "p50, 50.5", "p1, 1.99", "p0.5, 1.495", "p99, 99.01", "p99.9, 99.901", "p25, 25.75"})
    void percentilesAreInterpolated(String name, double expected) {
        assertThat((Double) RollupFunction.named(name).of(ONE_TO_HUNDRED)).isCloseTo(expected, within(1e-13));
    }

    /** As doubles, 0.01 times 29, 57 or 58 is below the decimal product, which once led to a wrong rank. */
    @Test
    void percentilesAtWholeRanksAreTheValuesThere() {
        Rollup rollup = new Rollup();
        for (int i = 0; i <= 100; i++) {
            rollup.add(i, "d", i);
        }
        for (int percent = 1; percent < 100; percent++) {
            assertThat(RollupFunction.named("p" + percent).of(rollup)).isEqualTo((double) percent);
        }
    }

    @Test
    void aPercentileThatCannotBeAccurateIsNull() {
        Rollup rollup = new Rollup();
        for (int i = 0; i < 4000; i++) {
            rollup.add(i, "d", Math.pow(10, i / 100.0 - 20));
        }
        assertThat(RollupFunction.named("median").of(rollup)).isNull();
        assertThat(Statistics.of(rollup).p50()).isNull();
        double exact = Math.pow(10, 39.5901 - 20);
        assertThat(Statistics.of(rollup).p99()).isCloseTo(exact, within(0.005 * exact));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "p", "p0", "p0.0", "p00", "p05", "p100", "p-1", "p1.2345", "Mean", "mode", "p1e1"})
    void unknownFunctionsAreRefused(String name) {
        assertThatThrownBy(() -> RollupFunction.named(name))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("found \"" + name + "\"; expected any of count");
    }

    @Test
    void areNullWithoutReadings() {
        for (RollupFunction function : RollupFunction.USUAL) {
            assertThat(function.of(new Rollup())).isEqualTo(function.name().equals("count") ? 0L : null);
        }
    }
}
