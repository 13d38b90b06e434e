package io.weir.storage.read;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;

/**
 * A range of Murmur3 tokens. Tables are scanned slice by slice, several at a time.
 *
 * @param after the token before the first one
 * @param through the last token
 */
public record TokenSlice(long after, long through) {

    /**
     * Splits the whole ring into slices of equal length. No partition has the least token, so the slices cover all
     * partitions.
     *
     * @throws IllegalArgumentException if the number of slices is less than one
     */
    public static List<TokenSlice> ring(int slices) {
        if (slices < 1) {
            throw new IllegalArgumentException("expected at least one slice, found " + slices);
        }
        BigInteger length = BigInteger.ONE.shiftLeft(64).subtract(BigInteger.ONE);
        List<TokenSlice> ring = new ArrayList<>();
        long after = Long.MIN_VALUE;
        for (int i = 1; i <= slices; i++) {
            BigInteger distance = length.multiply(BigInteger.valueOf(i)).divide(BigInteger.valueOf(slices));
            long through = BigInteger.valueOf(Long.MIN_VALUE).add(distance).longValueExact();
            ring.add(new TokenSlice(after, through));
            after = through;
        }
        return ring;
    }
}
