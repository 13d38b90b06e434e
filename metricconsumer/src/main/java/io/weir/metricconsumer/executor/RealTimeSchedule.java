package io.weir.metricconsumer.executor;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * Schedules the flushes of a task in Real-Time Mode. A part of a flush is due at a short interval, and brings the
 * hourly rollups, which most readers wait for. The parts of one flush spread over a longer interval: each also writes a
 * share of the remaining rollups in proportion to the time that has passed, so that records never wait behind a whole
 * flush. Times are those of {@link System#nanoTime}. Not thread-safe.
 */
final class RealTimeSchedule implements FlushSchedule {

    private final long betweenParts;
    private final long betweenFlushes;

    /** Whether the current flush, or the one that begins with the next part, has something to write. */
    private boolean anyLeft;

    /** Whether records were applied that the current flush may not cover. */
    private boolean anyApplied;

    private long partBegan;
    private long flushBegan;

    RealTimeSchedule(Duration betweenParts, Duration betweenFlushes) {
        this.betweenParts = betweenParts.toNanos();
        this.betweenFlushes = betweenFlushes.toNanos();
    }

    /** Starts at a random point of the longer interval, so that tasks that start together do not flush together. */
    void start(long now, RandomGenerator random) {
        long elapsed = random.nextLong(Math.max(1, betweenFlushes - betweenParts));
        flushBegan = now - elapsed;
        partBegan = now - elapsed % betweenParts;
    }

    @Override
    public void onApplied(long now) {
        anyLeft = true;
        anyApplied = true;
    }

    @Override
    public double nextShare(long now) {
        long elapsed = now - partBegan;
        if (!anyLeft || elapsed < betweenParts) {
            return NOTHING;
        }
        long remaining = flushBegan + betweenFlushes - partBegan;
        partBegan = now;
        if (elapsed < remaining) {
            return (double) elapsed / remaining;
        }
        flushBegan = now;
        anyLeft = anyApplied;
        anyApplied = false;
        return 1;
    }

    @Override
    public void onFlushEnded(long now) {}
}
