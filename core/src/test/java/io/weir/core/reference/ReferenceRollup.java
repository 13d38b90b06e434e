package io.weir.core.reference;

import io.weir.core.reading.Reading;
import io.weir.core.rollup.QuantileSketch;
import io.weir.core.rollup.Rollup;
import io.weir.core.rollup.Sample;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.DoubleSummaryStatistics;
import java.util.OptionalDouble;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The exact statistics of some readings, from decimal sums and sorted values. Checks whether a stored row can be the
 * rollup of these readings.
 *
 * <p>Count, minimum, maximum, first and last must be equal. Sums and squared deviations are computed in binary floating
 * point, so they must be within the error bounds of that arithmetic, which are derived at {@link #sumBound} and
 * {@link #deviationBound}. Not thread-safe.
 */
public final class ReferenceRollup {

    /** The relative error that the sketch documents for each of the two values that a percentile lies between. */
    public static final double PERCENTILE_ERROR = 0.005;

    /** The effect of a few roundings, relative to the greater of two values. */
    private static final double ROUNDING = 1e-14;

    /** The number of distinct values up to which percentiles are exact. */
    private static final int EXACT_VALUES = 256;

    /** The ratio of values beyond which the sketch may have no percentile for the smaller ones. */
    private static final double SKETCH_SPAN = 4096;

    private static final int[] PERCENTS = {0, 1, 25, 29, 50, 57, 95, 99, 100};
    private static final double UNIT_ROUNDOFF = 0x1p-53;
    private static final Comparator<Reading> ORDER =
            Comparator.comparingLong(Reading::time).thenComparing(Reading::device);

    private double[] values = new double[8];
    private int count;
    private boolean isSorted = true;
    private BigDecimal sum = BigDecimal.ZERO;
    private BigDecimal squares = BigDecimal.ZERO;
    private double magnitudes;
    private @Nullable Reading first;
    private @Nullable Reading last;

    /**
     * The statistics in a row.
     *
     * @param sum the exact value of the stored sum
     * @param squaredDeviations the sum of the squared deviations from the mean
     */
    public record Found(
            long count,
            BigDecimal sum,
            double min,
            double max,
            double squaredDeviations,
            @Nullable Sample first,
            @Nullable Sample last,
            QuantileSketch sketch) {}

    public static ReferenceRollup of(Collection<Reading> readings) {
        ReferenceRollup rollup = new ReferenceRollup();
        readings.forEach(rollup::add);
        return rollup;
    }

    public void add(Reading reading) {
        double value = reading.value();
        if (count == values.length) {
            values = Arrays.copyOf(values, 2 * count);
        }
        values[count++] = value;
        isSorted = false;
        BigDecimal exact = new BigDecimal(value);
        sum = sum.add(exact);
        squares = squares.add(exact.multiply(exact));
        magnitudes += Math.abs(value);
        if (first == null || ORDER.compare(reading, first) < 0) {
            first = reading;
        }
        if (last == null || ORDER.compare(reading, last) > 0) {
            last = reading;
        }
    }

    public long count() {
        return count;
    }

    /** Returns the first difference between a row and these readings; null if there is none. */
    public @Nullable String faultOf(Found found) {
        if (found.count() != count) {
            return fault("count", found.count(), count);
        }
        if (found.min() != (count == 0 ? Double.POSITIVE_INFINITY : sorted(0))) {
            return fault("min", found.min(), this);
        }
        if (found.max() != (count == 0 ? Double.NEGATIVE_INFINITY : sorted(count - 1))) {
            return fault("max", found.max(), this);
        }
        if (!isSample(found.first(), first) || !isSample(found.last(), last)) {
            return fault("first and last", found.first() + " and " + found.last(), first + " and " + last);
        }
        if (found.sum().subtract(sum).abs().doubleValue() > sumBound()) {
            return fault("sum", found.sum(), sum + " within " + sumBound());
        }
        String deviation = faultOfDeviation(found.squaredDeviations());
        String sketch = deviation == null ? faultOfSketch(found.sketch()) : deviation;
        return sketch == null ? faultOfPercentiles(found) : sketch;
    }

    /**
     * Checks several percentiles; returns the first difference, or null if there is none. A percentile is interpolated
     * between the two readings next to its rank, as NumPy does by default; with more distinct values than are kept,
     * each may be off by the documented error.
     *
     * @param percentile returns a percentile; empty if it cannot be computed
     */
    public @Nullable String faultOfPercentiles(Function<BigDecimal, OptionalDouble> percentile, int... percents) {
        boolean exact = hasAtMostDistinctValues(EXACT_VALUES);
        for (int percent : percents) {
            long hundredfold = (long) percent * (count - 1);
            double below = sorted((int) (hundredfold / 100));
            double above = sorted((int) ((hundredfold + 99) / 100));
            double expected = below + (above - below) * (hundredfold % 100) / 100;
            double bound = (exact ? ROUNDING : PERCENTILE_ERROR) * Math.max(Math.abs(below), Math.abs(above));
            OptionalDouble found = percentile.apply(BigDecimal.valueOf(percent));
            boolean mayBeEmpty = !exact && exceedsSpan();
            if (found.isEmpty() ? !mayBeEmpty : !(Math.abs(found.getAsDouble() - expected) <= bound)) {
                return fault("percentile " + percent, found, expected + " within " + bound);
            }
        }
        return null;
    }

    /** Returns the exact sum. */
    public BigDecimal sum() {
        return sum;
    }

    /**
     * Returns the error bound of a compensated sum: γ² Σ|x|, where γ = k u / (1 - k u) for k additions (Ogita, Rump
     * and Oishi, "Accurate sum and dot product", 2005, without the final rounding, since both parts are stored). A
     * reading is added once, and its hour and its day are merged as two terms each at most: k is at most 5 n.
     */
    public double sumBound() {
        double k = 5.0 * count * UNIT_ROUNDOFF;
        double gamma = k / (1 - k);
        return gamma * gamma * magnitudes * (1 + 1e-9);
    }

    /** Returns the exact sum of the squared deviations from the mean, to 50 digits. */
    public BigDecimal squaredDeviations() {
        return count == 0 ? BigDecimal.ZERO : scaledDeviations().divide(BigDecimal.valueOf(count), new MathContext(50));
    }

    /**
     * Returns the error bound of the squared deviations: at most 3 n nonnegative terms, each with a few roundings, plus
     * the effect of the errors E of the sums in their differences: 2 Σ √t E √2 + 2 Σ E², by Cauchy at most 6 E √(n T) +
     * 6 n E² for terms t with the sum T.
     */
    public double deviationBound() {
        double exact = squaredDeviations().doubleValue();
        double error = sumBound();
        return (8.0 * count + 32) * UNIT_ROUNDOFF * exact
                + 6 * error * Math.sqrt(count * exact)
                + 6 * count * error * error;
    }

    private @Nullable String faultOfDeviation(double found) {
        if (!(found >= 0) || Double.isInfinite(found) || errorOfDeviation(found) > count * deviationBound()) {
            return fault("squared deviations", found, squaredDeviations() + " within " + deviationBound());
        }
        return null;
    }

    private double errorOfDeviation(double found) {
        BigDecimal scaled = new BigDecimal(found).multiply(BigDecimal.valueOf(count));
        return scaled.subtract(scaledDeviations()).abs().doubleValue();
    }

    /** Checks that the same readings in another order, here that of their values, give the same bytes. */
    private @Nullable String faultOfSketch(QuantileSketch found) {
        QuantileSketch ordered = new QuantileSketch();
        for (int i = 0; i < count; i++) {
            ordered.add(sorted(i));
        }
        if (!Arrays.equals(found.encode(), ordered.encode())) {
            return "the sketch is not that of the same readings in another order";
        }
        return null;
    }

    /**
     * Computes the percentile through a rollup with this sketch, since percentiles are limited by its minimum and
     * maximum.
     */
    private @Nullable String faultOfPercentiles(Found found) {
        if (found.first() == null || found.last() == null) {
            return null;
        }
        Rollup rollup = Rollup.restore(
                found.count(), 0, 0, found.min(), found.max(), 0, found.first(), found.last(), found.sketch());
        return faultOfPercentiles(rollup::percentile, PERCENTS);
    }

    /** Returns true if there are at most this many distinct values. */
    private boolean hasAtMostDistinctValues(int limit) {
        int distinct = count == 0 ? 0 : 1;
        for (int i = 1; i < count && distinct <= limit; i++) {
            distinct += sorted(i) == sorted(i - 1) ? 0 : 1;
        }
        return distinct <= limit;
    }

    private boolean exceedsSpan() {
        DoubleSummaryStatistics magnitudes = Arrays.stream(values, 0, count)
                .map(Math::abs)
                .filter(magnitude -> magnitude > 0)
                .summaryStatistics();
        return magnitudes.getMax() / magnitudes.getMin() > SKETCH_SPAN;
    }

    /** Returns n Σx² - (Σx)², which is n times the squared deviations. */
    private BigDecimal scaledDeviations() {
        return squares.multiply(BigDecimal.valueOf(count)).subtract(sum.multiply(sum));
    }

    private double sorted(int index) {
        if (!isSorted) {
            Arrays.sort(values, 0, count);
            isSorted = true;
        }
        return values[index];
    }

    private static boolean isSample(@Nullable Sample found, @Nullable Reading expected) {
        return found == null || expected == null
                ? found == null && expected == null
                : found.time() == expected.time()
                        && found.device().equals(expected.device())
                        && found.value() == expected.value();
    }

    private static String fault(String what, Object found, Object expected) {
        return what + ": found " + found + ", expected " + expected;
    }

    @Override
    public String toString() {
        return "the rollup of " + count + " readings with the values " + Arrays.toString(Arrays.copyOf(values, count))
                + ", first " + first + ", last " + last;
    }
}
