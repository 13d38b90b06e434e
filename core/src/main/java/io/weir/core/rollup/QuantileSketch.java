package io.weir.core.rollup;

import com.datadoghq.sketch.ddsketch.DDSketch;
import com.datadoghq.sketch.ddsketch.encoding.ByteArrayInput;
import com.datadoghq.sketch.ddsketch.encoding.GrowingByteArrayOutput;
import com.datadoghq.sketch.ddsketch.mapping.CubicallyInterpolatedMapping;
import com.datadoghq.sketch.ddsketch.mapping.IndexMapping;
import com.datadoghq.sketch.ddsketch.store.CollapsingLowestDenseStore;
import com.datadoghq.sketch.ddsketch.store.Store;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;

/**
 * The distribution of the values in a window, as a DDSketch (Masson, Rim and Lee, "DDSketch: a fast and fully-mergeable
 * quantile sketch with relative-error guarantees", VLDB 2019): any quantile within 1 % of itself, whatever the order of
 * the values and however they were split and merged.
 *
 * <p>Each sign keeps at most {@value #MAX_BINS} bins, about 35 powers of ten; beyond that the values nearest to zero
 * share one. Bins follow from the bits of a value by addition and multiplication alone, so they are the same on every
 * machine. Not thread-safe.
 */
public final class QuantileSketch {

    static final int MAX_BINS = 4096;

    /** (1.01 / 0.99) ^ (10/7 · ln 2), for 1 %: spelled out, since Math.pow may differ in its last bit from JVM to JVM. */
    private static final double GAMMA = 0x1.051ede9e7f1c2p0;

    private static final IndexMapping MAPPING = new CubicallyInterpolatedMapping(GAMMA, 0);

    /** First byte of every stored sketch: another mapping or encoding gets another number. */
    private static final byte FORMAT = 1;

    private final DDSketch sketch;

    private QuantileSketch(DDSketch sketch) {
        this.sketch = sketch;
    }

    public QuantileSketch() {
        this(new DDSketch(MAPPING, QuantileSketch::emptyStore));
    }

    public void add(double value) {
        sketch.accept(value);
    }

    public void merge(QuantileSketch other) {
        sketch.mergeWith(other.sketch);
    }

    public QuantileSketch copy() {
        return new QuantileSketch(sketch.copy());
    }

    /**
     * Returns the value at rank ⌊q·(n−1)⌋ within 1 % of itself.
     *
     * @param q between 0 and 1
     * @throws java.util.NoSuchElementException if the sketch is empty
     */
    public double quantile(double q) {
        return sketch.getValueAtQuantile(q);
    }

    /** Returns the sketch as it is stored. Sketches with equal bins have equal bytes. */
    public byte[] encode() {
        GrowingByteArrayOutput out = GrowingByteArrayOutput.withInitialCapacity(64);
        try {
            out.writeByte(FORMAT);
            sketch.encode(out, true);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.trimmedCopy();
    }

    /**
     * Reads a stored sketch. Bytes that lost their end are no sketch, or one that holds fewer values.
     *
     * @throws IllegalArgumentException if the bytes are no sketch of a known format
     */
    public static QuantileSketch decode(byte[] bytes) {
        if (bytes.length == 0 || bytes[0] != FORMAT) {
            throw new IllegalArgumentException("expected a sketch of format " + FORMAT + ", found "
                    + (bytes.length == 0 ? "no bytes" : "format " + bytes[0])
                    + ": the row was written by another version of Weir");
        }
        try {
            ByteArrayInput in = ByteArrayInput.wrap(bytes, 1, bytes.length - 1);
            return new QuantileSketch(DDSketch.decode(in, QuantileSketch::emptyStore, MAPPING));
        } catch (IOException | RuntimeException e) {
            throw new IllegalArgumentException("a stored sketch cannot be read (" + e + "): the row is damaged", e);
        }
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof QuantileSketch that && Arrays.equals(encode(), that.encode());
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(encode());
    }

    private static Store emptyStore() {
        return new CollapsingLowestDenseStore(MAX_BINS);
    }
}
