package io.weir.core.rollup;

/**
 * Error bounds of the sum, the mean and the squared deviations of a {@link Rollup}, compared with exact arithmetic, for
 * any order and split of its readings. With u = 2^-53, n readings, M = Σ|v|, e = (4nu)²·M, the exact sum s and the
 * exact squared deviations q:
 *
 * <pre>
 * sum                 u·|s| + e
 * mean                (2u·|s| + e) / n
 * squared deviations  4(n + 8)u·q + 3√q·e + 13e² + n·2^-1022
 * </pre>
 *
 * <p>The error of the sum is the error of its compensation, which is a plain sum of rounding errors: each of at most 4n
 * additions makes an error of at most u·M, and adding these makes one of at most u·4nu·M in each step (Ogita, Rump and
 * Oishi, "Accurate sum and dot product", 2005, bound the same sum likewise). The squared deviations are a sum of at
 * most 4n terms d²/k, none negative, each of which is rounded a few times; each d is off by the errors of the sums in
 * it, and by the roundings of its products in twice the precision. All of that is less than e; the inequality of
 * Cauchy and Schwarz adds it up over the terms. The last part is for squares that underflow. The 4n allow for three
 * merges with each reading; a pipeline needs fewer.
 *
 * <p>Computed values of s and q may be used too: a computed q of 0 may be an exact one of up to (4e)², hence the 13e².
 *
 * @param count n
 * @param magnitude M
 */
public record ErrorBounds(long count, double magnitude) {

    private static final double UNIT = 0x1p-53;

    /** A factor for the rounding errors of the bound itself. */
    private static final double ROUNDINGS = 1 + 0x1p-40;

    /** Returns the bound for the sum, given the sum s. */
    public double ofSum(double sum) {
        return (UNIT * Math.abs(sum) + cancelled()) * ROUNDINGS;
    }

    /** Returns the bound for the mean, given the sum s. */
    public double ofMean(double sum) {
        return (2 * UNIT * Math.abs(sum) + cancelled()) / count * ROUNDINGS + Double.MIN_VALUE;
    }

    /** Returns the bound for the squared deviations, given these as q. */
    public double ofSquaredDeviations(double squaredDeviations) {
        double e = cancelled();
        return (4 * (count + 8.0) * UNIT * squaredDeviations
                        + 3 * Math.sqrt(squaredDeviations) * e
                        + 13 * e * e
                        + count * Double.MIN_NORMAL)
                * ROUNDINGS;
    }

    /** Returns e. */
    private double cancelled() {
        double errors = 4 * UNIT * count;
        return errors * errors * magnitude;
    }
}
