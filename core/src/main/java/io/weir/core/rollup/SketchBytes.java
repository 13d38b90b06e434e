package io.weir.core.rollup;

import java.util.Arrays;

/**
 * The stored form of a sketch. Numbers are varints: seven bits per byte, least significant first; the eighth bit is set
 * in all but the last byte.
 *
 * <pre>
 * byte    format: 2
 * byte    level L, 0 to 45
 * byte    unit, if L is 0: s from 0 to 15 for decimals, key k is the value k / 10^s; or 16 + z, key k is bin k · 2^z
 * varint  floor, if L is 45: bins up to it are in bin 0
 * varint  number of bins
 * varint  key of the first bin, zigzag: 2k, or −2k − 1 if negative. If L is not 0, the key is the bin
 * then for each bin, by ascending key:
 * varint  2 · count, plus 1 if its key does not directly follow the key before
 * varint  in that case: the number of skipped keys, minus 1; unsigned
 * </pre>
 *
 * <p>Sensors send decimals, which are short in decimal form and long in binary form. The unit is decimal if every value
 * is the double nearest to a decimal, with as few digits as all values need; otherwise z is the number of trailing zero
 * bits that all values share, as with values that were floats. So the unit depends on the values alone.
 */
final class SketchBytes {

    /** The format number: a change of the meaning of bins or of the encoding needs a new number. */
    private static final byte FORMAT = 2;

    private static final int BINARY_UNITS = 16;

    /** 10^n as doubles, all of them exact. */
    private static final double[] POWERS = {
        1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15
    };

    /**
     * Below this bound, a product with a power of ten is off by less than 1/4, so that rounding gives the right
     * integer.
     */
    private static final double MAX_DECIMAL = 0x1p50;

    private byte[] bytes;
    private int at;

    private SketchBytes(byte[] bytes) {
        this.bytes = bytes;
    }

    static byte[] write(int level, long floor, long[] bins, long[] counts, int size) {
        SketchBytes out = new SketchBytes(new byte[24 + 4 * size]);
        out.put(FORMAT);
        out.put(level);
        long[] keys = bins;
        if (level == 0) {
            keys = new long[size];
            int unit = decimals(bins, size, keys);
            if (unit == POWERS.length) {
                unit = BINARY_UNITS + bits(bins, size, keys);
            }
            out.put(unit);
        }
        if (level == QuantileSketch.WIDE_LEVEL) {
            out.putVarint(floor);
        }
        out.putVarint(size);
        if (size > 0) {
            out.putVarint((keys[0] << 1) ^ (keys[0] >> 63));
            out.putVarint(counts[0] << 1);
        }
        for (int i = 1; i < size; i++) {
            long gap = keys[i] - keys[i - 1];
            if (gap == 1) {
                out.putVarint(counts[i] << 1);
            } else {
                out.putVarint((counts[i] << 1) + 1);
                out.putVarint(gap - 2);
            }
        }
        return Arrays.copyOf(out.bytes, out.at);
    }

    static QuantileSketch read(byte[] bytes) {
        if (bytes.length == 0 || bytes[0] != FORMAT) {
            throw new IllegalArgumentException("expected a sketch of format " + FORMAT + ", found "
                    + (bytes.length == 0 ? "no bytes" : "format " + bytes[0])
                    + ": the row was written by another version of Weir");
        }
        try {
            return new SketchBytes(bytes).read();
        } catch (IllegalStateException | ArithmeticException | IndexOutOfBoundsException e) {
            throw new IllegalArgumentException(
                    "a stored sketch cannot be read (" + e.getMessage() + "): the row is damaged", e);
        }
    }

    private QuantileSketch read() {
        at = 1;
        int level = bytes[at++];
        check(level >= 0 && level <= QuantileSketch.WIDE_LEVEL, "level ", level);
        int unit = level == 0 ? bytes[at++] : BINARY_UNITS;
        check(unit >= 0 && unit < BINARY_UNITS + Long.SIZE, "unit ", unit);
        long floor = level == QuantileSketch.WIDE_LEVEL ? varint() : 0;
        long number = varint();
        int maxBins = level == QuantileSketch.WIDE_LEVEL ? QuantileSketch.WIDE_BINS : QuantileSketch.FINE_BINS;
        check(number >= 0 && number <= maxBins, "number of bins ", number);
        int size = (int) number;
        long[] bins = new long[Math.max(size, 1)];
        long[] counts = new long[bins.length];
        long total = 0;
        long key = 0;
        for (int i = 0; i < size; i++) {
            if (i == 0) {
                long zigzag = varint();
                key = (zigzag >>> 1) ^ -(zigzag & 1);
            }
            long token = varint();
            if (i > 0) {
                key += (token & 1) == 0 ? 1 : varint() + 2; // unsigned: it may exceed the range of a long
            }
            counts[i] = token >>> 1;
            check(counts[i] > 0, "count ", counts[i]);
            total = Math.addExact(total, counts[i]);
            bins[i] = bin(key, unit, level);
            check(i == 0 || bins[i] > bins[i - 1], "bin ", bins[i]);
        }
        check(at == bytes.length, "length ", bytes.length);
        return new QuantileSketch(level, floor, bins, counts, size, total);
    }

    private static long bin(long key, int unit, int level) {
        long bin;
        if (unit < BINARY_UNITS) {
            check(Math.abs(key) < MAX_DECIMAL, "decimal ", key);
            bin = QuantileSketch.binOf(key / POWERS[unit], 0);
        } else {
            bin = key << (unit - BINARY_UNITS);
            check(bin >> (unit - BINARY_UNITS) == key, "bits ", key);
        }
        long greatest = QuantileSketch.binOf(Double.MAX_VALUE, level);
        check(bin >= -greatest && bin <= greatest, "bin ", bin);
        return bin;
    }

    /**
     * Returns the least number of decimals that represents all values, and fills in their keys; the number of powers if
     * there is none.
     */
    private static int decimals(long[] bins, int size, long[] keys) {
        int scale = 0;
        for (int i = 0; i < size && scale < POWERS.length; ) {
            double value = QuantileSketch.outermost(bins[i], 0);
            double decimal = Math.rint(value * POWERS[scale]);
            if (Math.abs(decimal) < MAX_DECIMAL && decimal / POWERS[scale] == value) {
                keys[i++] = (long) decimal;
            } else {
                scale++;
                i = 0;
            }
        }
        return scale;
    }

    /** Returns the number of trailing zero bits that all bins share, and fills in the keys without these bits. */
    private static int bits(long[] bins, int size, long[] keys) {
        long all = 0;
        for (int i = 0; i < size; i++) {
            all |= bins[i];
        }
        int zeros = Long.numberOfTrailingZeros(all);
        for (int i = 0; i < size; i++) {
            keys[i] = bins[i] >> zeros;
        }
        return zeros;
    }

    private void put(int value) {
        bytes[at++] = (byte) value;
    }

    private void putVarint(long value) {
        if (at + 10 > bytes.length) {
            bytes = Arrays.copyOf(bytes, bytes.length + bytes.length / 2 + 10);
        }
        long left = value;
        while ((left & ~0x7fL) != 0) {
            bytes[at++] = (byte) (left | 0x80);
            left >>>= 7;
        }
        bytes[at++] = (byte) left;
    }

    private long varint() {
        long value = 0;
        for (int shift = 0; shift < Long.SIZE; shift += 7) {
            byte next = bytes[at++];
            value |= (next & 0x7fL) << shift;
            if (next >= 0) {
                return value;
            }
        }
        throw new IllegalStateException("a number has more than ten bytes");
    }

    private static void check(boolean isValid, String name, long found) {
        if (!isValid) {
            throw new IllegalStateException(name + found);
        }
    }
}
