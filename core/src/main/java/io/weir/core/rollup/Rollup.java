package io.weir.core.rollup;

import java.math.BigDecimal;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/**
 * The statistics of the readings in one window. Readings may be added, and rollups merged, in any order and any split:
 * count, min, max, first, last and sketch are the same, sum and squared deviations are within {@link ErrorBounds}.
 *
 * <p>The sum is compensated by Neumaier's method ("Rundungsfehleranalyse einiger Verfahren zur Summation endlicher
 * Summen", 1974): it is the exact sum rounded once, unless values cancel out so far that twice the precision is not
 * enough. The squared deviations follow Youngs and Cramer ("Some results relevant to choice of sum and sum-of-product
 * algorithms", 1971), which need no mean; the differences in their formulas are taken in twice the precision, so that
 * small deviations from a large mean keep their digits. Not thread-safe.
 */
public final class Rollup {

    private long count;
    private double sum;
    private double compensation;
    private double min = Double.POSITIVE_INFINITY;
    private double max = Double.NEGATIVE_INFINITY;
    private double squaredDeviations;
    private @Nullable Sample first;
    private @Nullable Sample last;
    private final QuantileSketch sketch;

    public Rollup() {
        this(new QuantileSketch());
    }

    private Rollup(QuantileSketch sketch) {
        this.sketch = sketch;
    }

    /**
     * Restores a stored rollup.
     *
     * @param sum the uncompensated sum, from {@link #rawSum}
     * @param compensation the compensation of the sum, from {@link #compensation}
     * @param squaredDeviations the sum of the squared deviations from the mean
     * @param sketch owned by the rollup from now on
     */
    public static Rollup restore(
            long count,
            double sum,
            double compensation,
            double min,
            double max,
            double squaredDeviations,
            Sample first,
            Sample last,
            QuantileSketch sketch) {
        Rollup rollup = new Rollup(sketch);
        rollup.count = count;
        rollup.sum = sum;
        rollup.compensation = compensation;
        rollup.min = min;
        rollup.max = max;
        rollup.squaredDeviations = squaredDeviations;
        rollup.first = first;
        rollup.last = last;
        return rollup;
    }

    /**
     * Adds one reading of a device.
     *
     * @param time event time in milliseconds since the epoch
     * @param value finite
     */
    public void add(long time, String device, double value) {
        count++;
        addToSum(value);
        if (count > 1) {
            double difference = difference(count, value, 0, 1, sum, compensation);
            squaredDeviations += difference * difference / ((double) count * (count - 1));
        }
        min = Math.min(min, value);
        max = Math.max(max, value);
        if (first == null || first.isAfter(time, device)) {
            first = new Sample(time, device, value);
        }
        if (last == null || !last.isAfter(time, device)) {
            last = new Sample(time, device, value);
        }
        sketch.add(value);
    }

    /**
     * Adds all readings of another rollup, which is not changed. If both have a first (last) reading of the same time
     * and device, this rollup's first and the other's last are kept: merge sources in ascending order.
     */
    public void merge(Rollup other) {
        Sample otherFirst = other.first;
        Sample otherLast = other.last;
        if (otherFirst == null || otherLast == null) {
            return;
        }
        if (count > 0) {
            double difference = difference(count, other.sum, other.compensation, other.count, sum, compensation);
            squaredDeviations +=
                    difference * difference / ((double) count * other.count * ((double) count + other.count));
        }
        squaredDeviations += other.squaredDeviations;
        count += other.count;
        addToSum(other.sum);
        addToSum(other.compensation);
        min = Math.min(min, other.min);
        max = Math.max(max, other.max);
        if (first == null || first.isAfter(otherFirst.time(), otherFirst.device())) {
            first = otherFirst;
        }
        if (last == null || !last.isAfter(otherLast.time(), otherLast.device())) {
            last = otherLast;
        }
        sketch.merge(other.sketch);
    }

    /** Returns an independent copy with the same readings. */
    public Rollup copy() {
        Rollup copy = new Rollup();
        copy.merge(this);
        copy.sum = sum;
        copy.compensation = compensation;
        return copy;
    }

    public boolean isEmpty() {
        return count == 0;
    }

    public long count() {
        return count;
    }

    /** Returns the sum of all values, within {@link ErrorBounds#ofSum}. */
    public double sum() {
        return sum + compensation;
    }

    /** Returns the running sum before compensation. Together with {@link #compensation}, it is the stored state. */
    public double rawSum() {
        return sum;
    }

    public double compensation() {
        return compensation;
    }

    /** Returns the sum divided by the count, within {@link ErrorBounds#ofMean}; NaN if the rollup is empty. */
    public double mean() {
        return sum() / count;
    }

    /** Returns the least value; positive infinity if the rollup is empty. */
    public double min() {
        return min;
    }

    /** Returns the greatest value; negative infinity if the rollup is empty. */
    public double max() {
        return max;
    }

    /** Returns the sum of the squared deviations from the mean, within {@link ErrorBounds#ofSquaredDeviations}. */
    public double squaredDeviations() {
        return squaredDeviations;
    }

    /** Returns the sample standard deviation (n − 1); empty for fewer than two readings. */
    public OptionalDouble standardDeviation() {
        return count < 2 ? OptionalDouble.empty() : OptionalDouble.of(Math.sqrt(squaredDeviations / (count - 1)));
    }

    /**
     * Returns the value at a percentile, interpolated between neighbours: exact for few distinct values, otherwise
     * within 0.5 %; see {@link QuantileSketch}.
     *
     * @param percent from 0 to 100
     * @return empty if the rollup is empty, or if its values are spread so widely that 0.5 % is not possible at this
     *     rank
     */
    public OptionalDouble percentile(BigDecimal percent) {
        return sketch.percentile(percent, min, max);
    }

    /**
     * Returns the earliest reading; of several at the same time, that of the first device in {@link NameOrder}.
     *
     * @throws IllegalStateException if the rollup is empty
     */
    public Sample first() {
        return present(first);
    }

    /**
     * Returns the latest reading; of several at the same time, that of the last device in {@link NameOrder}.
     *
     * @throws IllegalStateException if the rollup is empty
     */
    public Sample last() {
        return present(last);
    }

    public QuantileSketch sketch() {
        return sketch;
    }

    /** Returns the heap bytes of the parts that vary with the readings: the sketch and the device names. */
    public long heapBytes() {
        return sketch.heapBytes() + heapBytes(first) + heapBytes(last);
    }

    private static long heapBytes(@Nullable Sample sample) {
        return sample == null ? 0 : 2L * sample.device().length();
    }

    private static Sample present(@Nullable Sample sample) {
        if (sample == null) {
            throw new IllegalStateException("an empty rollup has no first and no last reading");
        }
        return sample;
    }

    private void addToSum(double value) {
        double total = sum + value;
        compensation += Math.abs(sum) >= Math.abs(value) ? (sum - total) + value : (value - total) + sum;
        sum = total;
    }

    /** Returns m·(x + dx) − n·(y + dy), where dx and dy are small, as if it were rounded once (Knuth, Dekker). */
    private static double difference(long counted, double x, double dx, long otherCounted, double y, double dy) {
        double m = (double) counted;
        double n = (double) otherCounted;
        double left = m * x;
        double right = n * y;
        double difference = left - right;
        double rightTaken = left - difference;
        double lost = (left - (difference + rightTaken)) + (rightTaken - right);
        double productsLost = Math.fma(m, x, -left) - Math.fma(n, y, -right);
        return difference + (lost + productsLost + (m * dx - n * dy));
    }
}
