package io.weir.benchmarks.steady;

import java.util.OptionalDouble;

/**
 * Searches the highest sustained rate factor, with one run per factor: doubles or halves the first one until one is
 * sustained and one is not, and then bisects. Assumes that a rate above one that is not sustained is not sustained
 * either.
 */
public final class RateSearch {

    private static final double FARTHEST = 1024;

    private final double first;
    private final double precision;
    private double sustained;
    private double notSustained = Double.POSITIVE_INFINITY;

    /**
     * @param first to try
     * @param precision the relative difference between the two factors at which the search ends
     */
    public RateSearch(double first, double precision) {
        if (!(first > 0) || !(precision > 0)) {
            throw new IllegalArgumentException(
                    "a search begins above 0 and has a precision above 0, found " + first + " and " + precision);
        }
        this.first = first;
        this.precision = precision;
    }

    /** Returns the factor to try next; empty if the search is over. */
    public OptionalDouble next() {
        if (sustained == 0 && Double.isInfinite(notSustained)) {
            return OptionalDouble.of(first);
        }
        if (Double.isInfinite(notSustained)) {
            return sustained >= first * FARTHEST ? OptionalDouble.empty() : OptionalDouble.of(sustained * 2);
        }
        if (sustained == 0) {
            return notSustained <= first / FARTHEST ? OptionalDouble.empty() : OptionalDouble.of(notSustained / 2);
        }
        return notSustained - sustained <= precision * sustained
                ? OptionalDouble.empty()
                : OptionalDouble.of((sustained + notSustained) / 2);
    }

    /** Records the result of a factor. */
    public void tried(double factor, boolean wasSustained) {
        if (wasSustained) {
            sustained = Math.max(sustained, factor);
        } else {
            notSustained = Math.min(notSustained, factor);
        }
    }

    /** Returns the highest factor that was sustained; 0 if none was. */
    public double highest() {
        return sustained;
    }
}
