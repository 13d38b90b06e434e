package io.weir.core.rollup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.weir.core.Seeds;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.NoSuchElementException;
import java.util.Random;
import java.util.function.DoubleSupplier;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class QuantileSketchTest {

    private static final double[] QUANTILES = {0, 0.25, 0.5, 0.95, 0.99, 1};

    /** 1 %, and the rounding of the arithmetic that finds a bin and its middle. */
    private static final double ACCURACY = 0.01 * (1 + 1e-9);

    /** Distributions that fit into the bins, each sign within 35 powers of ten. */
    enum Values {
        NORMAL,
        EXPONENTIAL,
        NEGATIVE,
        MIXED_WITH_ZEROS,
        MANY_MAGNITUDES,
        TINY,
        HUGE,
        POWERS_OF_TWO;

        DoubleSupplier supplier(Random random) {
            return switch (this) {
                case NORMAL -> () -> 20 + 5 * random.nextGaussian();
                case EXPONENTIAL -> () -> -Math.log(1 - random.nextDouble());
                case NEGATIVE -> () -> -1000 * random.nextDouble();
                case MIXED_WITH_ZEROS -> () -> random.nextInt(3) == 0 ? 0 : random.nextGaussian();
                case MANY_MAGNITUDES -> () -> random.nextGaussian() * Math.pow(10, random.nextInt(25));
                case TINY -> () -> 1e-300 * (1 + random.nextDouble());
                case HUGE -> () -> random.nextInt(4) == 0 ? 1e100 : -1e100 * random.nextDouble();
                case POWERS_OF_TWO -> () -> Math.scalb(1.0, random.nextInt(60) - 30);
            };
        }
    }

    @ParameterizedTest
    @EnumSource
    void anyQuantileIsWithinOnePercentOfTheValueAtItsRank(Values values) {
        Seeds.forEach(30, random -> {
            double[] added = values(random, values);
            QuantileSketch sketch = sketch(added);
            double[] sorted = added.clone();
            Arrays.sort(sorted);
            for (double q : QUANTILES) {
                double expected = sorted[(int) Math.floor(q * (sorted.length - 1))];
                assertThat(sketch.quantile(q))
                        .as("quantile %s of %s", q, Arrays.toString(sorted))
                        .isCloseTo(expected, Offset.offset(ACCURACY * Math.abs(expected)));
            }
        });
    }

    @ParameterizedTest
    @EnumSource
    void anySplitAndAnyOrderGiveTheSameBytes(Values values) {
        Seeds.forEach(50, random -> {
            double[] added = values(random, values);
            assertOrderDoesNotMatter(added, random);
        });
    }

    /** Both signs span more than 4096 bins, so that the values nearest to zero share one. */
    @Test
    void anySplitAndAnyOrderGiveTheSameBytesAlsoWhereBinsCollapse() {
        Seeds.forEach(200, random -> {
            double[] added = random.doubles(2 + random.nextInt(40), -1, 1)
                    .map(v -> Math.copySign(Math.pow(10, 300 * Math.abs(v) - 200), v))
                    .toArray();
            assertOrderDoesNotMatter(added, random);
        });
    }

    @Test
    void collapsedBinsKeepTheGreatestMagnitudesExact() {
        QuantileSketch sketch = sketch(1e-200, 1e-100, 1e70, 1e80, 1e90, 1e100);
        assertThat(sketch.quantile(1)).isCloseTo(1e100, Offset.offset(1e98));
        assertThat(sketch.quantile(0.4)).isCloseTo(1e70, Offset.offset(1e68));
        assertThat(sketch.quantile(0)).isBetween(1e64, 1e66);
    }

    @Test
    void allZerosAreZero() {
        QuantileSketch sketch = sketch(0, -0.0, 0);
        assertThat(sketch.quantile(0.5)).isEqualTo(0.0);
        assertThat(sketch).isEqualTo(sketch(0, 0, 0));
    }

    /** What is stored must not change with the library, the JVM or the machine: a change needs another format number. */
    @Test
    void storedBytesArePinned() {
        assertThat(HexFormat.of()
                        .formatHex(sketch(21.37, 21.37, 0, -1e-3, 1e100, 40).encode()))
                .isEqualTo("0104020502d67504fe3f020701b90502");
    }

    /** Another gamma, be it by its last bit, moves borders: two neighbours of 64 bits would then share a bin. */
    @Test
    void bordersOfBinsArePinned() {
        double last = 0x1.229775c7e9e9p332;
        assertThat(sketch(last)).isEqualTo(sketch(Math.nextDown(last))).isNotEqualTo(sketch(Math.nextUp(last)));
    }

    @Test
    void anEmptySketchHasBytesButNoQuantiles() {
        QuantileSketch empty = QuantileSketch.decode(new QuantileSketch().encode());
        assertThat(empty).isEqualTo(new QuantileSketch());
        assertThatExceptionOfType(NoSuchElementException.class).isThrownBy(() -> empty.quantile(0.5));
    }

    @Test
    void aCopyIsOnItsOwn() {
        QuantileSketch sketch = sketch(1, 2, 3);
        QuantileSketch copy = sketch.copy();
        copy.add(1e-30);
        assertThat(sketch).isEqualTo(sketch(1, 2, 3)).hasSameHashCodeAs(sketch(3, 2, 1));
        assertThat(copy).isNotEqualTo(sketch).isEqualTo(sketch(1e-30, 1, 2, 3));
    }

    @Test
    void anotherFormatIsRefused() {
        byte[] bytes = sketch(1, 2, 3).encode();
        bytes[0] = 2;
        assertThatIllegalArgumentException()
                .isThrownBy(() -> QuantileSketch.decode(bytes))
                .withMessageContaining("expected a sketch of format 1, found format 2");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> QuantileSketch.decode(new byte[0]))
                .withMessageContaining("found no bytes");
    }

    /** Bytes cut between two blocks are a sketch of fewer values. */
    @Test
    void bytesThatLostTheirEndAreRefusedOrHoldFewerValues() {
        Seeds.forEach(20, random -> {
            QuantileSketch sketch = sketch(values(random, Values.MIXED_WITH_ZEROS));
            byte[] bytes = sketch.encode();
            int refused = 0;
            for (int length = 0; length < bytes.length; length++) {
                try {
                    assertThat(QuantileSketch.decode(Arrays.copyOf(bytes, length)))
                            .isNotEqualTo(sketch);
                } catch (IllegalArgumentException expected) {
                    refused++;
                }
            }
            assertThat(refused).isGreaterThanOrEqualTo(bytes.length - 3);
        });
    }

    @Test
    void bytesOfAnythingElseAreRefusedOrASketch() {
        Seeds.forEach(2_000, random -> {
            byte[] bytes = sketch(values(random, Values.NORMAL)).encode();
            bytes[1 + random.nextInt(bytes.length - 1)] ^= (byte) (1 + random.nextInt(255));
            try {
                QuantileSketch.decode(bytes);
            } catch (IllegalArgumentException expected) {
                assertThat(expected).hasMessageContaining("a stored sketch cannot be read");
            }
        });
    }

    private static void assertOrderDoesNotMatter(double[] added, Random random) {
        QuantileSketch sketch = sketch(added);
        byte[] bytes = sketch.encode();
        assertThat(QuantileSketch.decode(bytes).encode()).isEqualTo(bytes);
        assertThat(sketch.copy().encode()).isEqualTo(bytes);
        for (int i = 0; i < 4; i++) {
            shuffle(added, random);
            assertThat(inParts(added, random).encode())
                    .as("of %s", Arrays.toString(added))
                    .isEqualTo(bytes);
        }
    }

    /** Grows a sketch in a random way: one by one, merged from parts, decoded or copied in between. */
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

    private static QuantileSketch sketch(double... values) {
        QuantileSketch sketch = new QuantileSketch();
        Arrays.stream(values).forEach(sketch::add);
        return sketch;
    }

    private static double[] values(Random random, Values values) {
        DoubleSupplier supplier = values.supplier(random);
        double[] added = new double[1 + random.nextInt(200)];
        Arrays.setAll(added, i -> supplier.getAsDouble());
        return added;
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
