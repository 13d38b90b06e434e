package io.weir.core.rollup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import io.weir.core.Seeds;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.DoubleSupplier;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class QuantileSketchTest {

    private static final String[] PERCENTS = {"0", "0.1", "1", "25", "29", "50", "57.5", "95", "99", "99.9", "100"};

    /** Distributions of values, and whether all percentiles of some thousand of their values can be computed. */
    enum Values {
        NORMAL(true),
        EXPONENTIAL(true),
        NEGATIVE(true),
        AROUND_ZERO_IN_HUNDREDTHS(true),
        PRESSURE(true),
        BOILER_IN_TENTHS(true),
        FLOATS(true),
        ONE_SENTINEL(true),
        TINY(true),
        SUBNORMAL(true),
        HUGE(true),
        POWERS_OF_TWO(true),
        AROUND_ZERO(false),
        MANY_MAGNITUDES(false),
        ALL_MAGNITUDES(false);

        private final boolean hasAllPercentiles;

        Values(boolean hasAllPercentiles) {
            this.hasAllPercentiles = hasAllPercentiles;
        }

        DoubleSupplier supplier(Random random) {
            return switch (this) {
                case NORMAL -> () -> 20 + 5 * random.nextGaussian();
                case EXPONENTIAL -> () -> -Math.log(1 - random.nextDouble());
                case NEGATIVE -> () -> -1000 * random.nextDouble() - 1;
                case AROUND_ZERO_IN_HUNDREDTHS -> () -> Math.round(500 * random.nextGaussian()) / 100.0;
                case PRESSURE -> () -> 1013 + 5 * random.nextGaussian();
                case BOILER_IN_TENTHS -> () -> Math.round(689 + 3 * random.nextGaussian()) / 10.0;
                case FLOATS -> () -> (float) (20 + 5 * random.nextGaussian());
                case ONE_SENTINEL -> () -> random.nextInt(700) == 0 ? Float.MAX_VALUE : 20 + 5 * random.nextGaussian();
                case TINY -> () -> 1e-300 * (1 + random.nextDouble());
                case SUBNORMAL -> () -> Double.MIN_VALUE * random.nextInt(250);
                case HUGE -> () -> random.nextInt(4) == 0 ? 1e100 : -1e100 * (1 + random.nextDouble());
                case POWERS_OF_TWO -> () -> Math.scalb(1.0, random.nextInt(60) - 30);
                case AROUND_ZERO -> random::nextGaussian;
                case MANY_MAGNITUDES -> () -> random.nextGaussian() * Math.pow(10, random.nextInt(25));
                case ALL_MAGNITUDES -> () -> Double.longBitsToDouble(random.nextLong() & ~(1L << 62));
            };
        }
    }

    @ParameterizedTest
    @EnumSource
    void isExactForFewDistinctValues(Values values) {
        Seeds.forEach(12, random -> {
            double[] few = values(values.supplier(random), 1 + random.nextInt(QuantileSketch.FINE_BINS));
            double[] added = values(() -> few[random.nextInt(few.length)], 1 + random.nextInt(600));
            QuantileSketch sketch = sketch(added);
            double[] sorted = sorted(added);
            for (String percent : PERCENTS) {
                assertThat(percentile(sketch, percent, sorted))
                        .as("p%s of %s", percent, Arrays.toString(sorted))
                        .hasValue(exact(sorted, percent));
            }
        });
    }

    @ParameterizedTest
    @EnumSource
    void percentilesAreWithinHalfAPercentAndBetweenMinAndMax(Values values) {
        Seeds.forEach(15, random -> {
            double[] added = values(values.supplier(random), 1 + random.nextInt(8000));
            QuantileSketch sketch = sketch(added);
            double[] sorted = sorted(added);
            double before = sorted[0];
            for (String percent : PERCENTS) {
                OptionalDouble found = percentile(sketch, percent, sorted);
                if (values.hasAllPercentiles) {
                    assertThat(found).as("p%s", percent).isPresent();
                }
                if (found.isPresent()) {
                    assertThat(found.getAsDouble())
                            .as("p%s of %d", percent, added.length)
                            .isBetween(before, sorted[sorted.length - 1])
                            .isBetween(
                                    exact(sorted, percent, value -> value - 0.005 * Math.abs(value)),
                                    exact(sorted, percent, value -> value + 0.005 * Math.abs(value)));
                    before = found.getAsDouble();
                }
            }
        });
    }

    /** Compares with a naive sketch, whose level and floor are found by trying each of them. */
    @ParameterizedTest
    @EnumSource
    void equalsANaiveSketch(Values values) {
        Seeds.forEach(4, random -> {
            double[] added = values(values.supplier(random), 1 + random.nextInt(3000));
            assertThat(sketch(added).encode()).isEqualTo(naive(added).encode());
        });
    }

    @ParameterizedTest
    @EnumSource
    void bytesDoNotDependOnSplitOrOrder(Values values) {
        Seeds.forEach(8, random -> {
            int maxCount = IntStream.of(5, 400, 6000)
                    .skip(random.nextInt(30) % 3)
                    .findFirst()
                    .getAsInt();
            double[] added = values(values.supplier(random), maxCount / 2 + random.nextInt(maxCount / 2));
            QuantileSketch sketch = sketch(added);
            byte[] bytes = sketch.encode();
            assertThat(QuantileSketch.decode(bytes).encode()).isEqualTo(bytes);
            assertThat(sketch.copy().encode()).isEqualTo(bytes);
            for (int i = 0; i < 4; i++) {
                shuffle(added, random);
                assertThat(inParts(added, random).encode()).isEqualTo(bytes);
            }
            int few = random.nextInt(Math.min(4, added.length));
            QuantileSketch one = sketch(Arrays.copyOf(added, few));
            QuantileSketch others = sketch(Arrays.copyOfRange(added, few, added.length));
            QuantileSketch reversed = others.copy();
            reversed.merge(one);
            one.merge(others);
            assertThat(one.encode()).as("few and many").isEqualTo(bytes);
            assertThat(reversed.encode()).as("many and few").isEqualTo(bytes);
        });
    }

    @ParameterizedTest
    @EnumSource
    void storedSizeIsBounded(Values values) {
        QuantileSketch sketch = sketch(values(values.supplier(new Random(1)), 100_000));
        assertThat(sketch.encode()).hasSizeLessThanOrEqualTo(values.hasAllPercentiles ? 3 * 1024 : 8 * 1024);
    }

    @Test
    void ranksAreExact() {
        double[] ranks = DoubleStream.iterate(0, rank -> rank + 1).limit(101).toArray();
        QuantileSketch sketch = sketch(ranks);
        for (int percent = 0; percent <= 100; percent++) {
            assertThat(percentile(sketch, Integer.toString(percent), ranks)).hasValue(percent);
        }
        assertThat(percentile(sketch, "57.125", ranks)).hasValue(57.125);
    }

    @Test
    void interpolatesLikeNumPy() {
        double[] values = {3.1, -2, 0.7, 12.25, 12.25, 99};
        QuantileSketch sketch = sketch(values);
        assertThat(percentile(sketch, "50", sorted(values))).hasValue(7.675);
        assertThat(percentile(sketch, "10", sorted(values))).hasValue(-0.65);
        assertThat(percentile(sketch, "95", sorted(values))).hasValue(77.3125);
        assertThat(percentile(sketch(0.1, 0.2, 0.4), "75", new double[] {0.1, 0.2, 0.4}))
                .hasValue(0.3);
    }

    @Test
    void oneOutlierChangesTheMaximumOnly() {
        Random random = new Random(4);
        double[] values = values(() -> 20 + 5 * random.nextGaussian(), 720);
        values[300] = Float.MAX_VALUE;
        double[] sorted = sorted(values);
        QuantileSketch sketch = sketch(values);
        for (String percent : new String[] {"50", "95", "99"}) {
            double exact = exact(sorted, percent);
            assertThat(percentile(sketch, percent, sorted).getAsDouble()).isCloseTo(exact, within(0.005 * exact));
        }
    }

    /** Accurate to a thousandth of the deviation of the pressure, not to half a percent of the pressure. */
    @Test
    void resolvesNarrowRanges() {
        Random random = new Random(5);
        double[] values = values(() -> 1013 + 5 * random.nextGaussian(), 100_000);
        double[] sorted = sorted(values);
        QuantileSketch sketch = sketch(values);
        for (String percent : new String[] {"1", "25", "50", "75", "95", "99"}) {
            assertThat(percentile(sketch, percent, sorted).getAsDouble())
                    .isCloseTo(exact(sorted, percent), within(0.05));
        }
    }

    @Test
    void estimatesHaveOnlySignificantDigits() {
        Random random = new Random(6);
        double[] wide = values(() -> 20 + 5 * random.nextGaussian(), 5000);
        double[] narrow = values(() -> 1013 + 5 * random.nextGaussian(), 5000);
        assertThat(digits(percentile(sketch(wide), "95", sorted(wide)))).isLessThanOrEqualTo(4);
        assertThat(digits(percentile(sketch(narrow), "95", sorted(narrow)))).isBetween(5, 7);
    }

    @Test
    void valuesNearZeroHaveNoPercentileAmongTooManyMagnitudes() {
        Random random = new Random(7);
        double[] values =
                values(() -> Math.pow(10, 35 * random.nextDouble() - 17) * (random.nextInt(2) * 2 - 1), 20_000);
        double[] sorted = sorted(values);
        QuantileSketch sketch = sketch(values);
        assertThat(percentile(sketch, "50", sorted)).isEmpty();
        double exact = exact(sorted, "99");
        assertThat(percentile(sketch, "99", sorted).getAsDouble()).isCloseTo(exact, within(0.005 * exact));
        assertThat(percentile(sketch, "0", sorted)).hasValue(sorted[0]);
        assertThat(percentile(sketch, "100", sorted)).hasValue(sorted[sorted.length - 1]);
    }

    @Test
    void zeroIsExactAmongManyOthers() {
        Random random = new Random(8);
        double[] values = values(() -> random.nextBoolean() ? -0.0 : 1000 * random.nextDouble(), 3000);
        assertThat(percentile(sketch(values), "40", sorted(values))).hasValue(0);
    }

    @Test
    void subnormalsAreDistinctValues() {
        double[] values = {Double.MIN_VALUE, 0, 3 * Double.MIN_VALUE};
        assertThat(percentile(sketch(values), "50", sorted(values))).hasValue(Double.MIN_VALUE);
    }

    /** Subnormals have fewer bits, so a bin may be wide relative to its values even at a fine level. */
    @Test
    void manySubnormalsHavePercentilesIfTheirBitsSuffice() {
        double[] values = IntStream.rangeClosed(1, 1 << 16)
                .mapToDouble(i -> i * Double.MIN_VALUE)
                .toArray();
        assertThat(percentile(sketch(values), "25", values)).isEmpty();
        double exact = exact(values, "99");
        assertThat(percentile(sketch(values), "99", values).getAsDouble()).isCloseTo(exact, within(0.005 * exact));
    }

    @Test
    void bothZerosAreEqual() {
        assertThat(sketch(0, -0.0, 0)).isEqualTo(sketch(-0.0, -0.0, 0)).hasSameHashCodeAs(sketch(0, 0, 0));
        assertThat(percentile(sketch(-0.0, 0, -0.0), "50", new double[] {-0.0, -0.0, 0}))
                .hasValue(0);
    }

    /** Pins the bytes of many values, which depend on the choice of level and floor. */
    @Test
    void storedBytesOfManyValuesArePinned() {
        byte[] wide = sketch(IntStream.range(0, 20_000)
                        .mapToDouble(i -> Math.scalb(i % 2003 - 1001.0, i % 40 - 20))
                        .toArray())
                .encode();
        assertThat(wide[1]).as("level").isEqualTo((byte) QuantileSketch.WIDE_LEVEL);
        assertThat(wide[2]).as("floor").isNotZero();
        assertThat(Arrays.hashCode(wide)).isEqualTo(-1197664871);
        assertThat(Arrays.hashCode(sketch(IntStream.range(0, 20_000)
                                .mapToDouble(i -> 1013 + i % 1000 * 0x1p-7)
                                .toArray())
                        .encode()))
                .isEqualTo(-1585186245);
    }

    /** Pins the stored form, which must not depend on the JVM or the machine: a change needs a new format number. */
    @Test
    void storedBytesArePinned() {
        assertThat(hex(sketch())).isEqualTo("02000000");
        assertThat(hex(sketch(21.37, 21.37, 0, -1e-3, 40))).isEqualTo("0200030401020205f8a60103c49101");
        assertThat(hex(sketch((float) 0.1, 1))).isEqualTo("02002d029ab3e6dc3f0203b1e6cc0d");
        assertThat(hex(sketch(Math.PI))).isEqualTo("02001301c696c4a8ed8f92811002");
    }

    @Test
    void decimalsAndFloatsAreStoredInFewBytes() {
        Random random = new Random(9);
        double[] decimals = values(() -> Math.round(2100 + 60 * random.nextGaussian()) / 100.0, 360);
        double[] floats = values(() -> (float) (21 + random.nextGaussian()), 200);
        assertThat(sketch(decimals).encode()).hasSizeLessThan(2 * 360);
        assertThat(sketch(floats).encode()).hasSizeLessThan(5 * 200);
    }

    @Test
    void anEmptySketchHasNoPercentiles() {
        QuantileSketch empty = QuantileSketch.decode(new QuantileSketch().encode());
        assertThat(empty).isEqualTo(new QuantileSketch());
        assertThat(empty.percentile(BigDecimal.TEN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY))
                .isEmpty();
    }

    @Test
    void copiesAreIndependent() {
        QuantileSketch sketch = sketch(1, 2, 3);
        QuantileSketch copy = sketch.copy();
        copy.add(1e-30);
        assertThat(sketch).isEqualTo(sketch(1, 2, 3)).hasSameHashCodeAs(sketch(3, 2, 1));
        assertThat(copy).isNotEqualTo(sketch).isEqualTo(sketch(1e-30, 1, 2, 3));
    }

    @Test
    void refusesValuesThatAreNotFinite() {
        for (double value : new double[] {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY}) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> new QuantileSketch().add(value))
                    .withMessage("expected a finite value, found " + value);
        }
        assertThat(percentile(sketch(-Double.MAX_VALUE, Double.MAX_VALUE, 1), "50", new double[] {
                    -Double.MAX_VALUE, Double.MAX_VALUE
                }))
                .hasValue(1);
    }

    @Test
    void refusesAnotherFormat() {
        byte[] bytes = sketch(1, 2, 3).encode();
        bytes[0] = 1;
        assertThatIllegalArgumentException()
                .isThrownBy(() -> QuantileSketch.decode(bytes))
                .withMessageContaining("expected a sketch of format 2, found format 1");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> QuantileSketch.decode(new byte[0]))
                .withMessageContaining("found no bytes");
    }

    @Test
    void refusesTruncatedAndExtendedBytes() {
        Seeds.forEach(5, random -> {
            byte[] bytes = sketch(values(() -> random.nextInt(300) / 8.0, 200)).encode();
            for (int length = 1; length <= bytes.length + 1; length++) {
                byte[] other = Arrays.copyOf(bytes, length);
                if (length != bytes.length) {
                    assertThatIllegalArgumentException()
                            .isThrownBy(() -> QuantileSketch.decode(other))
                            .withMessageContaining("a stored sketch cannot be read");
                }
            }
        });
    }

    @Test
    void damagedBytesAreRefusedOrAValidSketch() {
        Seeds.forEach(1_000, random -> {
            Values values = Values.values()[random.nextInt(Values.values().length)];
            byte[] bytes = sketch(values(values.supplier(random), 1 + random.nextInt(500)))
                    .encode();
            bytes[1 + random.nextInt(bytes.length - 1)] ^= (byte) (1 + random.nextInt(255));
            try {
                QuantileSketch damaged = QuantileSketch.decode(bytes);
                damaged.add(21);
                damaged.percentile(new BigDecimal("50"), -1, 1);
                damaged.merge(sketch(1, 2, 3));
            } catch (IllegalArgumentException expected) {
                assertThat(expected).hasMessageContaining("a stored sketch cannot be read");
            }
        });
    }

    /** Builds a sketch in a random way: adds values one by one, merges parts, decodes or copies in between. */
    private static QuantileSketch inParts(double[] values, Random random) {
        QuantileSketch sketch = new QuantileSketch();
        int from = 0;
        while (from < values.length) {
            int to = Math.min(values.length, from + 1 + random.nextInt(values.length));
            double[] part = Arrays.copyOfRange(values, from, to);
            switch (random.nextInt(4)) {
                case 0 -> sketch.merge(sketch(part));
                case 1 -> {
                    QuantileSketch other = QuantileSketch.decode(sketch(part).encode());
                    other.merge(sketch);
                    sketch = other;
                }
                case 2 -> {
                    sketch = QuantileSketch.decode(sketch.encode());
                    Arrays.stream(part).forEach(sketch::add);
                }
                default -> {
                    sketch = sketch.copy();
                    Arrays.stream(part).forEach(sketch::add);
                }
            }
            from = to;
        }
        return sketch;
    }

    private static QuantileSketch naive(double[] values) {
        int level = 0;
        while (level < QuantileSketch.WIDE_LEVEL && bins(values, level, 0).size() > QuantileSketch.FINE_BINS) {
            level++;
        }
        Set<Long> occupied = bins(values, level, 0).keySet();
        long floor = 0;
        for (long magnitude : new TreeSet<>(occupied.stream().map(Math::abs).toList())) {
            if (left(occupied, floor) <= QuantileSketch.WIDE_BINS) {
                break;
            }
            floor = magnitude;
        }
        Map<Long, Long> counts = bins(values, level, floor);
        long[] bins = counts.keySet().stream().mapToLong(bin -> bin).sorted().toArray();
        long[] ofBins = Arrays.stream(bins).map(counts::get).toArray();
        return new QuantileSketch(level, floor, bins, ofBins, bins.length, values.length);
    }

    private static long left(Set<Long> occupied, long floor) {
        return occupied.stream()
                .map(bin -> Math.abs(bin) <= floor ? 0 : bin)
                .distinct()
                .count();
    }

    private static Map<Long, Long> bins(double[] values, int level, long floor) {
        Map<Long, Long> counts = new HashMap<>();
        for (double value : values) {
            long magnitude = Double.doubleToLongBits(Math.abs(value));
            long bin = value == 0 ? 0 : 1 + Math.floorDiv(magnitude - 1, 1L << level);
            counts.merge(bin <= floor ? 0 : value < 0 ? -bin : bin, 1L, Long::sum);
        }
        return counts;
    }

    private static QuantileSketch sketch(double... values) {
        QuantileSketch sketch = new QuantileSketch();
        Arrays.stream(values).forEach(sketch::add);
        return sketch;
    }

    private static OptionalDouble percentile(QuantileSketch sketch, String percent, double[] sorted) {
        return sketch.percentile(new BigDecimal(percent), sorted[0], sorted[sorted.length - 1]);
    }

    private static double exact(double[] sorted, String percent) {
        return exact(sorted, percent, value -> value);
    }

    /** Computes NumPy's percentile of mapped values, rounded once. */
    private static double exact(double[] sorted, String percent, DoubleUnaryOperator mapping) {
        BigDecimal rank = new BigDecimal(percent)
                .multiply(BigDecimal.valueOf(sorted.length - 1))
                .divide(BigDecimal.valueOf(100));
        int below = rank.intValue();
        BigDecimal share = rank.subtract(BigDecimal.valueOf(below));
        BigDecimal low = BigDecimal.valueOf(mapping.applyAsDouble(sorted[below]));
        BigDecimal high = BigDecimal.valueOf(mapping.applyAsDouble(sorted[Math.min(below + 1, sorted.length - 1)]));
        return low.multiply(BigDecimal.ONE.subtract(share))
                .add(high.multiply(share))
                .doubleValue();
    }

    private static double[] sorted(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted;
    }

    private static double[] values(DoubleSupplier supplier, int count) {
        return DoubleStream.generate(supplier).limit(count).toArray();
    }

    private static int digits(OptionalDouble value) {
        return new BigDecimal(Double.toString(value.getAsDouble()))
                .stripTrailingZeros()
                .precision();
    }

    private static String hex(QuantileSketch sketch) {
        return HexFormat.of().formatHex(sketch.encode());
    }

    private static void shuffle(double[] values, Random random) {
        for (int i = values.length - 1; i > 0; i--) {
            int j = random.nextInt(i + 1);
            double value = values[i];
            values[i] = values[j];
            values[j] = value;
        }
    }
}
