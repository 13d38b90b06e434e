package io.weir.core.rollup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.weir.core.Seeds;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.function.DoubleSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class RollupTest {

    /** Distributions for which naive arithmetic fails. */
    enum Values {
        ORDINARY,
        LARGE_WITH_SMALL_DEVIATIONS,
        ALTERNATING_HUGE,
        TINY_AMONG_ORDINARY,
        MANY_MAGNITUDES,
        CANCELLING,
        NARROW_AT_THE_GREATEST,
        UNDERFLOWING,
        CONSTANT;

        DoubleSupplier supplier(Random random) {
            return switch (this) {
                case ORDINARY -> () -> 20 + 5 * random.nextGaussian();
                case LARGE_WITH_SMALL_DEVIATIONS -> () -> 1e9 + random.nextInt(2000) * 0x1p-20;
                case ALTERNATING_HUGE -> () -> random.nextBoolean() ? 1e100 : random.nextBoolean() ? -1e100 : 1;
                case TINY_AMONG_ORDINARY -> () -> random.nextInt(3) > 0 ? 1e-300 : random.nextInt(3) - 1;
                case MANY_MAGNITUDES -> () -> random.nextGaussian() * Math.pow(10, random.nextInt(40) - 20);
                case CANCELLING ->
                    () -> Math.copySign(Math.pow(10, random.nextInt(3) * 100 - 100), random.nextInt(2) - 1);
                case NARROW_AT_THE_GREATEST -> () -> 1e100 * (1 + random.nextInt(64) * 0x1p-52);
                case UNDERFLOWING -> () -> random.nextInt(1000) * 1e-160;
                case CONSTANT -> () -> 0.1;
            };
        }
    }

    @ParameterizedTest
    @EnumSource
    void rollupDoesNotDependOnSplitOrOrder(Values values) {
        Seeds.forEach(50, random -> {
            List<Sample> readings = readings(random, values);
            Rollup inOrder = fold(readings);
            new ExpectedRollup(readings).assertMatches(inOrder);
            Collections.shuffle(readings, random);
            Rollup split = foldInParts(readings, random);
            new ExpectedRollup(readings).assertMatches(split);
            assertThat(split.sketch().encode()).isEqualTo(inOrder.sketch().encode());
        });
    }

    /** Twice the precision of a double is not enough for these values, which the bound allows for. */
    @Test
    void sumOfHugeCancellingValuesIsWithinItsBound() {
        double[] values = {1e100, 1, 1e-100, -1e100, -1};
        List<Sample> readings = new ArrayList<>();
        for (double value : values) {
            readings.add(new Sample(readings.size(), "d", value));
        }
        Rollup rollup = fold(readings);
        new ExpectedRollup(readings).assertMatches(rollup);
        double bound = new ErrorBounds(values.length, 2e100).ofSum(1e-100);
        assertThat(Math.abs(rollup.sum() - 1e-100)).isLessThanOrEqualTo(bound).isLessThan(1e70);
        assertThat(bound).isBetween(1e68, 1e71);
    }

    @Test
    void sumKeepsTheDigitsOfSmallValuesBesideCancellingOnes() {
        double[] values = {1e15, 1e-3, -1e15};
        List<Sample> readings = new ArrayList<>();
        for (double value : values) {
            readings.add(new Sample(readings.size(), "d", value));
        }
        assertThat(fold(readings).sum()).isEqualTo(1e-3);
    }

    @Test
    void manyReadingsAreWithinTheBounds() {
        Random random = new Random(11);
        List<Sample> readings = new ArrayList<>();
        for (int i = 0; i < 200_000; i++) {
            readings.add(new Sample(i, "d", 1e9 + random.nextGaussian() * 1e-3));
        }
        new ExpectedRollup(readings).assertMatches(fold(readings));
    }

    /** Every merge adds a rounding error; a thousand merges must still be within the bounds. */
    @Test
    void manyMergesAreWithinTheBounds() {
        Random random = new Random(7);
        List<Sample> readings = new ArrayList<>();
        Rollup merged = new Rollup();
        for (int i = 0; i < 1000; i++) {
            List<Sample> part = List.of(
                    new Sample(i, "d", 1e9 + random.nextInt(100) * 0x1p-20), new Sample(i, "e", 1e9 + i * 0x1p-20));
            readings.addAll(part);
            merged.merge(fold(part));
        }
        new ExpectedRollup(readings).assertMatches(merged);
    }

    @Test
    void readingsAtTheSameTimeAreOrderedByDevice() {
        List<Sample> readings =
                List.of(new Sample(5, "b", 1), new Sample(5, "c", 2), new Sample(5, "a", 3), new Sample(5, "bb", 4));
        Rollup rollup = fold(readings);
        assertThat(rollup.first()).isEqualTo(new Sample(5, "a", 3));
        assertThat(rollup.last()).isEqualTo(new Sample(5, "c", 2));
    }

    /** By String.compareTo, the emoji would come before the letter. */
    @Test
    void devicesAreOrderedByCodePoint() {
        String letter = "\uff21";
        String emoji = "\ud83d\ude00";
        Rollup rollup = fold(List.of(new Sample(5, emoji, 1), new Sample(5, letter, 2)));
        assertThat(rollup.first()).isEqualTo(new Sample(5, letter, 2));
        assertThat(rollup.last()).isEqualTo(new Sample(5, emoji, 1));

        Rollup merged = fold(List.of(new Sample(5, emoji, 1)));
        merged.merge(fold(List.of(new Sample(5, letter, 2))));
        assertThat(merged.first()).isEqualTo(rollup.first());
        assertThat(merged.last()).isEqualTo(rollup.last());
    }

    @Test
    void mergeKeepsItsOwnFirstAndTheOthersLastOfEqualReadings() {
        Rollup one = fold(List.of(new Sample(5, "a", 1)));
        one.merge(fold(List.of(new Sample(5, "a", 2))));
        assertThat(one.first().value()).isEqualTo(1);
        assertThat(one.last().value()).isEqualTo(2);
    }

    @Test
    void percentilesMatchTheReadings() {
        Rollup rollup = fold(List.of(new Sample(1, "a", 3), new Sample(2, "a", 1), new Sample(3, "a", 4)));
        assertThat(rollup.percentile(new BigDecimal("50"))).hasValue(3);
        assertThat(rollup.percentile(new BigDecimal("75"))).hasValue(3.5);
        assertThat(rollup.percentile(BigDecimal.ZERO)).hasValue(1);
        assertThat(new Rollup().percentile(BigDecimal.TEN)).isEmpty();
    }

    @Test
    void anEmptyRollupHasNoStatistics() {
        Rollup empty = new Rollup();
        new ExpectedRollup(List.of()).assertMatches(empty);
        assertThat(empty.sum()).isZero();
        assertThat(empty.mean()).isNaN();
        assertThat(empty.min()).isEqualTo(Double.POSITIVE_INFINITY);
        assertThat(empty.max()).isEqualTo(Double.NEGATIVE_INFINITY);
        assertThatIllegalStateException().isThrownBy(empty::first);
        assertThatIllegalStateException().isThrownBy(empty::last);
    }

    @Test
    void mergingAnEmptyRollupChangesNothing() {
        List<Sample> readings = List.of(new Sample(1, "a", 0.1), new Sample(2, "a", 0.2), new Sample(3, "a", 0.3));
        Rollup rollup = fold(readings);
        rollup.merge(new Rollup());
        assertSame(rollup, fold(readings));
        Rollup empty = new Rollup();
        empty.merge(rollup);
        new ExpectedRollup(readings).assertMatches(empty);
    }

    @Test
    void statisticsOfOneReading() {
        Rollup rollup = fold(List.of(new Sample(1, "a", -0.1)));
        assertThat(rollup.sum()).isEqualTo(-0.1);
        assertThat(rollup.mean()).isEqualTo(-0.1);
        assertThat(rollup.min()).isEqualTo(-0.1);
        assertThat(rollup.max()).isEqualTo(-0.1);
        assertThat(rollup.standardDeviation()).isEmpty();
    }

    @Test
    void copiesAreEqualAndIndependent() {
        Seeds.forEach(20, random -> {
            List<Sample> readings = readings(random, Values.MANY_MAGNITUDES);
            Rollup rollup = fold(readings);
            Rollup copy = rollup.copy();
            assertSame(copy, rollup);
            copy.add(Long.MAX_VALUE, "z", 1e99);
            assertSame(rollup, fold(readings));
        });
        assertSame(new Rollup().copy(), new Rollup());
    }

    @Test
    void restoredRollupsContinueIdentically() {
        Seeds.forEach(20, random -> {
            Rollup rollup = fold(readings(random, Values.MANY_MAGNITUDES));
            Rollup restored = restore(rollup);
            assertSame(restored, rollup);
            for (Sample reading : readings(random, Values.ORDINARY)) {
                rollup.add(reading.time(), reading.device(), reading.value());
                restored.add(reading.time(), reading.device(), reading.value());
            }
            assertSame(restored, rollup);
        });
    }

    private static Rollup restore(Rollup rollup) {
        return Rollup.restore(
                rollup.count(),
                rollup.rawSum(),
                rollup.compensation(),
                rollup.min(),
                rollup.max(),
                rollup.squaredDeviations(),
                rollup.first(),
                rollup.last(),
                QuantileSketch.decode(rollup.sketch().encode()));
    }

    private static void assertSame(Rollup found, Rollup expected) {
        assertThat(found).usingRecursiveComparison().ignoringFields("sketch").isEqualTo(expected);
        assertThat(found.sketch().encode()).isEqualTo(expected.sketch().encode());
    }

    /** Returns readings with few times and devices, so that times often tie; no two readings have both in common. */
    private static List<Sample> readings(Random random, Values values) {
        DoubleSupplier supplier = values.supplier(random);
        List<Sample> readings = new ArrayList<>();
        int count = 1 + random.nextInt(300);
        for (int i = 0; i < count; i++) {
            readings.add(new Sample(i / 7, "d" + i % 7, supplier.getAsDouble()));
        }
        Collections.shuffle(readings, random);
        return readings;
    }

    private static Rollup fold(List<Sample> readings) {
        Rollup rollup = new Rollup();
        readings.forEach(reading -> rollup.add(reading.time(), reading.device(), reading.value()));
        return rollup;
    }

    /** Splits at random, and merges the parts in a tree of random shape. */
    private static Rollup foldInParts(List<Sample> readings, Random random) {
        if (readings.size() < 2 || random.nextInt(4) == 0) {
            return fold(readings);
        }
        int split = random.nextInt(readings.size() + 1);
        Rollup rollup = foldInParts(readings.subList(0, split), random);
        rollup.merge(foldInParts(readings.subList(split, readings.size()), random));
        return rollup;
    }
}
