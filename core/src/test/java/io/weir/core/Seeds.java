package io.weir.core;

import java.util.Random;

/** Runs a property over random cases. A failure names its seed; {@code -Dweir.test.seed=N} runs that case alone. */
public final class Seeds {

    private static final String SEED = "weir.test.seed";

    /** A property that must hold for every random case. */
    @FunctionalInterface
    public interface Property {
        void check(Random random);
    }

    private Seeds() {}

    public static void forEach(int cases, Property property) {
        Long only = Long.getLong(SEED);
        long first = only == null ? 0 : only;
        long end = only == null ? cases : only + 1;
        for (long seed = first; seed < end; seed++) {
            try {
                property.check(new Random(seed));
            } catch (RuntimeException | AssertionError e) {
                throw new AssertionError("seed " + seed + " fails; replay it with -D" + SEED + "=" + seed, e);
            }
        }
    }
}
