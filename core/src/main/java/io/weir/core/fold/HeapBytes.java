package io.weir.core.fold;

import io.weir.core.reading.Reading;
import io.weir.core.reading.Rejection;
import io.weir.core.rollup.RollupKey;

/**
 * What objects take of the heap, in bytes: never less than they do on a 64-bit JVM with compressed references. Estimates
 * by their fields; names count for each object that refers to them, since it is not known which ones are shared.
 */
final class HeapBytes {

    /** A reading, its candidate with the places of its rows, its stored form and its place among pending readings. */
    private static final int READING = 400;

    private static final int REJECTED = 160;

    /** A key, its window, and what a map takes for an entry. */
    private static final int ROLLUP_KEY = 160;

    private HeapBytes() {}

    /** A reading, with all that the fold makes of it until it is durable. */
    static long of(Reading reading) {
        return READING + of(reading.device()) + of(reading.group()) + of(reading.metric());
    }

    /** The key of a map of rollups. */
    static long of(RollupKey key) {
        return ROLLUP_KEY + of(key.id()) + of(key.metric());
    }

    static long of(String text) {
        return 2L * text.length();
    }

    static long of(Rejection rejection) {
        return REJECTED + of(rejection.detail()) + rejection.payload().length;
    }
}
