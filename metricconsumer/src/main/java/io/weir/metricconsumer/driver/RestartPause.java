package io.weir.metricconsumer.driver;

import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * The backoff before a failed query is restarted: it doubles with each failure, up to a maximum, and a long enough run
 * resets it.
 */
final class RestartPause {

    private static final Duration FIRST = Duration.ofSeconds(1);
    private static final Duration MAX = Duration.ofSeconds(30);

    /** A run of this length resets the backoff. */
    private static final Duration RESET_AFTER = Duration.ofMinutes(1);

    private final LongSupplier nanoTime;
    private long began;
    private Duration next = Duration.ZERO;

    /** @param nanoTime a clock like {@link System#nanoTime} */
    RestartPause(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
        this.began = nanoTime.getAsLong();
    }

    void onStart() {
        began = nanoTime.getAsLong();
    }

    /** Returns the pause after a failure: zero after the first one. */
    Duration next() {
        boolean reset = nanoTime.getAsLong() - began >= RESET_AFTER.toNanos();
        Duration pause = reset ? Duration.ZERO : next;
        Duration longer = pause.isZero() ? FIRST : pause.multipliedBy(2);
        next = longer.compareTo(MAX) > 0 ? MAX : longer;
        return pause;
    }
}
