package io.weir.benchmarks.latency;

import java.time.Duration;

/**
 * When everybody is silent for a while, so that what was sent last has nothing after it that would push it on.
 *
 * @param every from the beginning of one to that of the next
 */
record Pauses(long beganNanos, Duration every, Duration length) {

    static Pauses fromNow(Duration every, Duration length) {
        return new Pauses(System.nanoTime(), every, length);
    }

    boolean isPaused() {
        long within = (System.nanoTime() - beganNanos) % every.toNanos();
        return within >= every.toNanos() - length.toNanos();
    }
}
