package io.weir.storage.read;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;

/**
 * A part of the ring that Murmur3 tokens spread partitions over: a table is scanned slice by slice, several at a time.
 *
 * @param after the token before the first
 * @param through the last token
 */
public record TokenSlice(long after, long through) {

    /** Cuts the whole ring into slices of equal length. The least token is no partition's, so nothing lies outside. */
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
