package io.weir.core.rollup;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.Arrays;
import java.util.OptionalDouble;

/**
 * Counts the values of a window in bins, from which it computes any percentile: exactly while the window has at most
 * {@value #FINE_BINS} distinct values, otherwise within 0.5 %, or not at all if neither is possible.
 *
 * <p><b>Bins.</b> A bin of level L holds the values whose magnitudes, as 64 bits, are equal except for the last L of
 * them: value 0 has bin 0, any other value with the bits m of its magnitude has bin ±(1 + ⌊(m − 1) / 2^L⌋). A bin of
 * level 0 is one value. A bin of level L + 1 is the union of bins of level L. A normal value keeps 52 − L bits of its
 * significand, so that a bin is at most 2^(L − 52) of its values wide.
 *
 * <p><b>Level.</b> The sketch has one level: the finest at which at most {@value #FINE_BINS} bins are occupied. If none
 * below {@value #WIDE_LEVEL} suffices, the level is {@value #WIDE_LEVEL} (seven bits, 0.39 % from the middle of a bin)
 * with up to {@value #WIDE_BINS} bins, 12 binary orders of magnitude. Beyond that, the bins nearest to zero are merged
 * into bin 0: all bins up to the <i>floor</i>, the least magnitude that leaves {@value #WIDE_BINS} bins. A percentile
 * in that range cannot be computed; all others still can.
 *
 * <p><b>Order.</b> The sketch is a function of the multiset of its values: any order, split and merge gives the same
 * {@linkplain #encode bytes}. For a given level, adding values can only raise the number of occupied bins. So the
 * finest sufficient level can only rise, and a sketch that coarsens while it grows never exceeds the final level. Bins
 * of that level are unions of the bins that the sketch has, so no count is lost. The same holds for the floor, since
 * for a given floor, adding values can only raise the number of bins above it. A merge begins with the coarser of two
 * levels and the higher of two floors: the whole needs at least these.
 *
 * <p><b>Size.</b> A bin takes 16 bytes in memory and, as a rule, 1 to 3 bytes stored; 8 if its value is an arbitrary
 * double. Up to a billion values take at most 3 KiB stored in {@value #FINE_BINS} bins, and 8 KiB in
 * {@value #WIDE_BINS}. Not thread-safe.
 */
public final class QuantileSketch {

    static final int FINE_BINS = 256;
    static final int WIDE_BINS = 1536;

    private static final int OWN_HEAP_BYTES = 96;

    /** The maximum heap bytes of a sketch, whose arrays may be a quarter larger than needed. */
    public static final long MAX_HEAP_BYTES = OWN_HEAP_BYTES + 2L * Long.BYTES * (WIDE_BINS + WIDE_BINS / 4 + 5);

    /** The coarsest level: the middle of a bin is within 2^-8 of all its values. */
    static final int WIDE_LEVEL = 45;

    /** The maximum relative error of an estimate; the rest of 0.5 % is for rounding to {@link #digits}. */
    private static final double ACCURACY = 0.0045;

    private static final int FIRST_CAPACITY = 4;

    private int level;
    private long floor;

    /** In ascending order; the first {@link #size} elements are in use, and as many counts. */
    private long[] bins;

    private long[] counts;
    private int size;
    private long total;

    public QuantileSketch() {
        this(0, 0, new long[FIRST_CAPACITY], new long[FIRST_CAPACITY], 0, 0);
    }

    QuantileSketch(int level, long floor, long[] bins, long[] counts, int size, long total) {
        this.level = level;
        this.floor = floor;
        this.bins = bins;
        this.counts = counts;
        this.size = size;
        this.total = total;
    }

    /**
     * Adds a value; 0 and −0 are equal.
     *
     * @throws IllegalArgumentException if the value is infinite or not a number
     */
    public void add(double value) {
        if (!Double.isFinite(value)) {
            throw new IllegalArgumentException("expected a finite value, found " + value);
        }
        long bin = floored(binOf(value, level));
        int at = lastUpTo(bin);
        if (at >= 0 && bins[at] == bin) {
            counts[at]++;
        } else {
            insert(at + 1, bin);
            enforceLimits();
        }
        total++;
    }

    /** Adds all values of another sketch, which is not changed. */
    public void merge(QuantileSketch other) {
        coarsen(Math.max(level, other.level));
        floor = Math.max(floor, other.floor);
        int up = level - other.level;
        long[] mergedBins = new long[size + other.size];
        long[] mergedCounts = new long[size + other.size];
        int merged = 0;
        for (int i = 0, j = 0; i < size || j < other.size; ) {
            long mine = i < size ? floored(bins[i]) : Long.MAX_VALUE;
            long others = j < other.size ? floored(coarser(other.bins[j], up)) : Long.MAX_VALUE;
            long bin = Math.min(mine, others);
            long count = mine <= others ? counts[i++] : other.counts[j++];
            if (merged > 0 && mergedBins[merged - 1] == bin) {
                mergedCounts[merged - 1] += count;
            } else {
                mergedBins[merged] = bin;
                mergedCounts[merged++] = count;
            }
        }
        bins = mergedBins;
        counts = mergedCounts;
        size = merged;
        total += other.total;
        enforceLimits();
        trim();
    }

    public QuantileSketch copy() {
        return new QuantileSketch(
                level, floor, Arrays.copyOf(bins, bins.length), Arrays.copyOf(counts, counts.length), size, total);
    }

    /**
     * Returns the percentile by NumPy's default definition ("linear"): with the exact rank h = percent · (n − 1) / 100,
     * the value at the rank ⌊h⌋ or, if h is not an integer, the linear interpolation between the values at ⌊h⌋ and
     * ⌊h⌋ + 1. Each of the two is exact or within 0.5 %; the result is rounded to the digits that this precision
     * supports, and is never below min or above max. The arithmetic is decimal and rounds once.
     *
     * @param percent from 0 to 100
     * @param min the least value of the sketch
     * @param max the greatest value of the sketch
     * @return empty if the sketch is empty, or too coarse at this rank for an error of 0.5 %
     */
    OptionalDouble percentile(BigDecimal percent, double min, double max) {
        if (total == 0) {
            return OptionalDouble.empty();
        }
        BigDecimal rank = percent.multiply(BigDecimal.valueOf(total - 1)).movePointLeft(2);
        long below = rank.longValue();
        BigDecimal share = rank.subtract(BigDecimal.valueOf(below));
        double low = valueAt(below, min, max);
        double high = share.signum() == 0 ? low : valueAt(below + 1, min, max);
        if (Double.isNaN(low) || Double.isNaN(high)) {
            return OptionalDouble.empty();
        }
        if (low == high && isKnown(below)) {
            return OptionalDouble.of(low);
        }
        double value = between(low, high, share);
        return OptionalDouble.of(level == 0 ? value : Math.max(min, Math.min(max, rounded(value))));
    }

    /** Returns the stored form of the sketch: see {@link SketchBytes}. Equal sketches have equal bytes. */
    public byte[] encode() {
        return SketchBytes.write(level, floor, bins, counts, size);
    }

    /**
     * Reads a stored sketch.
     *
     * @throws IllegalArgumentException if the bytes are not a sketch of a known format
     */
    public static QuantileSketch decode(byte[] bytes) {
        return SketchBytes.read(bytes);
    }

    /** Returns the heap bytes of the sketch. */
    public long heapBytes() {
        return OWN_HEAP_BYTES + 2L * Long.BYTES * bins.length;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof QuantileSketch that && Arrays.equals(encode(), that.encode());
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(encode());
    }

    static long binOf(double value, int level) {
        long magnitude = Double.doubleToRawLongBits(value) & Long.MAX_VALUE;
        if (magnitude == 0) {
            return 0;
        }
        long bin = 1 + ((magnitude - 1) >>> level);
        return value < 0 ? -bin : bin;
    }

    /** Returns the value of greatest magnitude in a bin. */
    static double outermost(long bin, int level) {
        double magnitude = Double.longBitsToDouble(Math.abs(bin) << level);
        return bin < 0 ? -magnitude : magnitude;
    }

    private static double innermost(long bin, int level) {
        double magnitude = Double.longBitsToDouble(((Math.abs(bin) - 1) << level) + 1);
        return bin < 0 ? -magnitude : magnitude;
    }

    private static long coarser(long bin, int levels) {
        if (bin == 0 || levels == 0) {
            return bin;
        }
        long coarser = 1 + ((Math.abs(bin) - 1) >>> levels);
        return bin < 0 ? -coarser : coarser;
    }

    private long floored(long bin) {
        return Math.abs(bin) <= floor ? 0 : bin;
    }

    /**
     * Returns the index of the last bin that is not above the given one; −1 if all are above. A binary search without
     * branches, to avoid mispredictions.
     */
    private int lastUpTo(long bin) {
        int base = 0;
        for (int left = size; left > 1; ) {
            int half = left >>> 1;
            base = bins[base + half] <= bin ? base + half : base;
            left -= half;
        }
        return size > 0 && bins[base] <= bin ? base : base - 1;
    }

    private void insert(int at, long bin) {
        if (size == bins.length) {
            resize(size + Math.max(FIRST_CAPACITY, size / 4));
        }
        System.arraycopy(bins, at, bins, at + 1, size - at);
        System.arraycopy(counts, at, counts, at + 1, size - at);
        bins[at] = bin;
        counts[at] = 1;
        size++;
    }

    /** Raises the level and the floor to those that the current values require. */
    private void enforceLimits() {
        if (level < WIDE_LEVEL && size > FINE_BINS) {
            coarsen(finestLevel());
        }
        if (size > WIDE_BINS) {
            raiseFloor();
        }
    }

    private int finestLevel() {
        int[] joining = new int[Long.SIZE + 1]; // by number of levels: how many bins merge with the bin before
        for (int i = 1; i < size; i++) {
            if (Long.signum(bins[i - 1]) == Long.signum(bins[i])) {
                long differing = (Math.abs(bins[i - 1]) - 1) ^ (Math.abs(bins[i]) - 1);
                joining[Long.SIZE - Long.numberOfLeadingZeros(differing)]++;
            }
        }
        int levels = 0;
        for (int left = size; left > FINE_BINS && level + levels < WIDE_LEVEL; left -= joining[levels]) {
            levels++;
        }
        return level + levels;
    }

    private void coarsen(int to) {
        int levels = to - level;
        if (levels == 0) {
            return;
        }
        int left = 0;
        for (int i = 0; i < size; i++) {
            long bin = coarser(bins[i], levels);
            if (left > 0 && bins[left - 1] == bin) {
                counts[left - 1] += counts[i];
            } else {
                bins[left] = bin;
                counts[left++] = counts[i];
            }
        }
        level = to;
        size = left;
        trim();
    }

    private void raiseFloor() {
        int from = 0;
        while (from < size && bins[from] < 0) {
            from++;
        }
        int to = from < size && bins[from] == 0 ? from + 1 : from;
        while (size - (to - from) + 1 > WIDE_BINS) {
            long below = from > 0 ? -bins[from - 1] : Long.MAX_VALUE;
            long above = to < size ? bins[to] : Long.MAX_VALUE;
            floor = Math.min(below, above);
            from -= below == floor ? 1 : 0;
            to += above == floor ? 1 : 0;
        }
        long joined = 0;
        for (int i = from; i < to; i++) {
            joined += counts[i];
        }
        bins[from] = 0;
        counts[from] = joined;
        System.arraycopy(bins, to, bins, from + 1, size - to);
        System.arraycopy(counts, to, counts, from + 1, size - to);
        size -= to - from - 1;
    }

    private void trim() {
        if (bins.length - size > size / 4 + FIRST_CAPACITY) {
            resize(size + FIRST_CAPACITY);
        }
    }

    private void resize(int capacity) {
        bins = Arrays.copyOf(bins, capacity);
        counts = Arrays.copyOf(counts, capacity);
    }

    /** Returns the value at a rank from 0, as accurately as it is known; NaN if it is not within {@link #ACCURACY}. */
    private double valueAt(long rank, double min, double max) {
        if (isKnown(rank)) {
            return rank == 0 ? min : max;
        }
        int at = 0;
        long before = 0;
        while (before + counts[at] <= rank) {
            before += counts[at++];
        }
        long bin = bins[at];
        double end = outermost(bin == 0 ? floor : bin, level);
        double low = Math.max(min, bin > 0 ? innermost(bin, level) : bin < 0 ? end : -end);
        double high = Math.min(max, bin < 0 ? innermost(bin, level) : end);
        // Assumes an even spread, unless that may be too inaccurate: the middle is off by at most half a bin.
        double share = level < WIDE_LEVEL ? (rank - before + 0.5) / counts[at] : 0.5;
        double value = low + (high - low) * share;
        double error = Math.max(value - low, high - value);
        return error <= ACCURACY * Math.min(Math.abs(low), Math.abs(high)) ? value : Double.NaN;
    }

    private boolean isKnown(long rank) {
        return rank == 0 || rank == total - 1;
    }

    /** Interpolates in decimal arithmetic, so that values with few digits give a result with few digits. */
    private static double between(double low, double high, BigDecimal share) {
        BigDecimal from = BigDecimal.valueOf(low);
        return BigDecimal.valueOf(high).subtract(from).multiply(share).add(from).doubleValue();
    }

    private double rounded(double value) {
        return new BigDecimal(value)
                .round(new MathContext(digits(), RoundingMode.HALF_EVEN))
                .doubleValue();
    }

    /**
     * Returns a number of decimal digits such that rounding changes a value by at most 1/8 of a bin. The same for all
     * values, so that rounding keeps their order.
     */
    private int digits() {
        int quarterBins = 54 - level; // a quarter of a bin is 2^-quarterBins of a value
        return 1 + (quarterBins * 30_103 + 99_999) / 100_000; // 1 + ⌈log10(2^quarterBins)⌉
    }
}
