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

    /** How long of the time between two values of {@link System#nanoTime} nobody was to be silent. */
    long sendingNanos(long from, long to) {
        return sendingNanosUntil(to) - sendingNanosUntil(from);
    }

    private long sendingNanosUntil(long nanos) {
        long since = nanos - beganNanos;
        long sending = every.toNanos() - length.toNanos();
        return since / every.toNanos() * sending + Math.min(since % every.toNanos(), sending);
    }

    boolean isPaused() {
        long within = (System.nanoTime() - beganNanos) % every.toNanos();
        return within >= every.toNanos() - length.toNanos();
    }
}
