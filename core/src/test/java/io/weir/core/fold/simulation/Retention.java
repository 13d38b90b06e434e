package io.weir.core.fold.simulation;

import java.time.Duration;

/**
 * The retention of rows in lives in which they expire: sufficient by the rule of decision 0030, or without one of its
 * terms, which the checks must detect.
 */
enum Retention {
    SUFFICIENT(1, 1, 1, 1),
    WITHOUT_THE_WINDOW(0, 1, 1, 1),
    WITHOUT_THE_FUTURE_BOUND(1, 0, 1, 1),
    WITHOUT_TOO_OLD(1, 1, 0, 1),
    WITHOUT_THE_AGE_OF_RECORDS(1, 1, 1, 0);

    private static final long LONGEST_WINDOW = Duration.ofDays(32).toMillis();

    private final int window;
    private final int futureBound;
    private final int tooOld;
    private final int age;

    Retention(int window, int futureBound, int tooOld, int age) {
        this.window = window;
        this.futureBound = futureBound;
        this.tooOld = tooOld;
        this.age = age;
    }

    Lifetime raw(RandomHistory history, Lifetime.Clock clock) {
        return Lifetime.of(clock, beyondTheWindow(history));
    }

    Lifetime rollups(RandomHistory history, Lifetime.Clock clock) {
        return Lifetime.of(clock, window * LONGEST_WINDOW + beyondTheWindow(history));
    }

    private long beyondTheWindow(RandomHistory history) {
        return futureBound * history.rules().futureBound().toMillis()
                + tooOld * history.rules().tooOld().toMillis()
                + age * history.longestAge();
    }
}
