package io.weir.query.verify;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.core.rollup.QuantileSketch;
import io.weir.core.rollup.Rollup;
import io.weir.core.rollup.Sample;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RollupComparisonTest {

    private static final DoubleUnaryOperator SAME = value -> value;

    /** An hour with one reading per second, with means from far above its deviation to zero. */
    @ParameterizedTest
    @CsvSource({
        "20, 5",
        "1013, 5",
        "1e9, 1",
        "1e9, 1e-3",
        "1e12, 1",
        "-1e15, 1000",
        "1e100, 1e90",
        "0, 1",
        "1e-300, 1e-301",
        "7, 0"
    })
    void rollupsOfAnyOrderAndSplitAreEqual(double mean, double deviation) {
        for (long seed = 0; seed < 20; seed++) {
            Random random = new Random(seed);
            List<Double> values = values(mean, deviation, 3600, random);
            Rollup recomputed = rollup(values);
            double magnitude = magnitude(values);
            Collections.shuffle(values, random);
            assertThat(differences(rollup(values), recomputed, magnitude))
                    .as("seed %d", seed)
                    .isEmpty();
            assertThat(differences(inParts(values, random), recomputed, magnitude))
                    .as("seed %d, in parts", seed)
                    .isEmpty();
        }
    }

    @ParameterizedTest
    @CsvSource({"20, 5", "1013, 5", "68.9, 0.3", "1e9, 1", "1e9, 1e-3", "-1e12, 1", "0, 1", "1e90, 1e80"})
    void aWrongStandardDeviationIsFound(double mean, double deviation) {
        List<Double> values = values(mean, deviation, 3600, new Random(1));
        Rollup recomputed = rollup(values);
        for (double factor : new double[] {30, 2, 1 + 1e-6, 1 - 1e-6, 0.5, 0}) {
            Rollup stored = changed(recomputed, SAME, squares -> squares * factor * factor);
            assertThat(differences(stored, recomputed, magnitude(values)))
                    .as("times %s", factor)
                    .containsExactly("squared_deviations");
        }
    }

    /** If all values are equal, any deviation beyond the rounding error is wrong. */
    @Test
    void aDeviationOfEqualValuesIsFound() {
        List<Double> values = values(1e9, 0, 3600, new Random(1));
        Rollup recomputed = rollup(values);
        Rollup stored = changed(recomputed, SAME, squares -> squares + 3600 * 1e-6 * 1e-6);
        assertThat(differences(stored, recomputed, magnitude(values))).containsExactly("squared_deviations");
    }

    @ParameterizedTest
    @CsvSource({"20, 5", "1e9, 1e-3", "1e90, 1e80"})
    void aWrongSumIsFound(double mean, double deviation) {
        List<Double> values = values(mean, deviation, 3600, new Random(1));
        Rollup recomputed = rollup(values);
        for (double factor : new double[] {2, 1 + 1e-12, 1 + 1e-15}) {
            Rollup stored = changed(recomputed, sum -> sum * factor, SAME);
            assertThat(differences(stored, recomputed, magnitude(values)))
                    .as("times %s", factor)
                    .containsExactly("sum");
        }
    }

    @Test
    void aValueThatIsNotANumberIsFound() {
        List<Double> values = values(20, 5, 100, new Random(1));
        Rollup stored = changed(rollup(values), sum -> Double.NaN, squares -> Double.NaN);
        assertThat(differences(stored, rollup(values), magnitude(values))).containsExactly("sum", "squared_deviations");
    }

    @Test
    void everyFieldIsCompared() {
        Rollup is = rollup(List.of(1.0, 2.0, 3.0));
        Sample other = new Sample(6, "other", 2);
        assertThat(differences(stored(is, 4, 1, 3, is.first(), is.last(), is), is, 6))
                .containsExactly("count");
        assertThat(differences(stored(is, 3, 0.5, 3, is.first(), is.last(), is), is, 6))
                .containsExactly("min");
        assertThat(differences(stored(is, 3, 1, 3.5, is.first(), is.last(), is), is, 6))
                .containsExactly("max");
        assertThat(differences(stored(is, 3, 1, 3, other, is.last(), is), is, 6))
                .containsExactly("first");
        assertThat(differences(stored(is, 3, 1, 3, is.first(), other, is), is, 6))
                .containsExactly("last");
        assertThat(differences(stored(is, 3, 1, 3, is.first(), is.last(), rollup(List.of(1.0, 2.5, 3.0))), is, 6))
                .containsExactly("sketch");
    }

    @Test
    void ofAnEmptyRollupOnlyTheCountIsCompared() {
        assertThat(differences(rollup(List.of(1.0)), new Rollup(), 0)).containsExactly("count");
        assertThat(differences(new Rollup(), new Rollup(), 0)).isEmpty();
    }

    @Test
    void zeroesAreEqualWithoutAnyTolerance() {
        assertThat(differences(rollup(List.of(0.0, 0.0)), rollup(List.of(0.0, 0.0)), 0))
                .isEmpty();
    }

    private static Rollup stored(
            Rollup sums, long count, double min, double max, Sample first, Sample last, Rollup sketch) {
        return Rollup.restore(
                count,
                sums.rawSum(),
                sums.compensation(),
                min,
                max,
                sums.squaredDeviations(),
                first,
                last,
                QuantileSketch.decode(sketch.sketch().encode()));
    }

    private static List<String> differences(Rollup stored, Rollup recomputed, double magnitude) {
        List<String> fields = new ArrayList<>();
        new RollupComparison(stored, recomputed, magnitude).report((field, was, is) -> fields.add(field));
        return fields;
    }

    private static Rollup changed(Rollup rollup, DoubleUnaryOperator sum, DoubleUnaryOperator squaredDeviations) {
        return Rollup.restore(
                rollup.count(),
                sum.applyAsDouble(rollup.rawSum()),
                rollup.compensation(),
                rollup.min(),
                rollup.max(),
                squaredDeviations.applyAsDouble(rollup.squaredDeviations()),
                rollup.first(),
                rollup.last(),
                QuantileSketch.decode(rollup.sketch().encode()));
    }

    private static Rollup inParts(List<Double> values, Random random) {
        Rollup whole = new Rollup();
        int from = 0;
        while (from < values.size()) {
            int to = Math.min(values.size(), from + 1 + random.nextInt(300));
            Rollup part = rollup(values.subList(from, to));
            if (random.nextBoolean()) {
                whole.merge(part);
            } else {
                part.merge(whole);
                whole = part;
            }
            from = to;
        }
        return whole;
    }

    /** The first and the last reading do not depend on the order. */
    private static Rollup rollup(List<Double> values) {
        Rollup rollup = new Rollup();
        values.forEach(value -> rollup.add(5, "d" + value, value));
        return rollup;
    }

    private static List<Double> values(double mean, double deviation, int count, Random random) {
        List<Double> values = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            values.add(mean + deviation * random.nextGaussian());
        }
        return values;
    }

    private static double magnitude(List<Double> values) {
        return values.stream().mapToDouble(Math::abs).sum();
    }
}
