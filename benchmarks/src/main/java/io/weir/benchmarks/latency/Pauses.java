package io.weir.benchmarks.latency;

import java.time.Duration;

/**
 * The pauses of all devices, so that the last readings before a pause are not followed by others.
 *
 * @param every the interval between the starts of two pauses
 */
record Pauses(long beganNanos, Duration every, Duration length) {

    static Pauses fromNow(Duration every, Duration length) {
        return new Pauses(System.nanoTime(), every, length);
    }

    /** Returns the time without pauses between two values of {@link System#nanoTime}. */
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
