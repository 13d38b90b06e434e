package io.weir.core.fold.rollup;

import io.weir.core.reading.Reading;
import io.weir.core.reading.Rejection;
import io.weir.core.rollup.RollupKey;

/**
 * Estimates the heap bytes of objects from their fields: never less than they use on a 64-bit JVM with compressed
 * references. Names count for every object that refers to them, since it is unknown which ones are shared.
 */
public final class HeapBytes {

    /**
     * A reading, its candidate with the cache entries of its rows, its stored form and its entry among pending
     * readings.
     */
    private static final int READING = 400;

    private static final int REJECTED = 160;

    /** A key, its window, and a map entry. */
    private static final int ROLLUP_KEY = 160;

    private HeapBytes() {}

    /** Returns the bytes of a reading, with everything that the fold creates for it until it is durable. */
    public static long of(Reading reading) {
        return READING + of(reading.device()) + of(reading.group()) + of(reading.metric());
    }

    /** Returns the bytes of a key in a map of rollups. */
    public static long of(RollupKey key) {
        return ROLLUP_KEY + of(key.id()) + of(key.metric());
    }

    public static long of(String text) {
        return 2L * text.length();
    }

    public static long of(Rejection rejection) {
        return REJECTED + of(rejection.detail()) + rejection.payload().length;
    }
}
