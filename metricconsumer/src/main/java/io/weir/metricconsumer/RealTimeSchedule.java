package io.weir.metricconsumer;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * The flushes of a task in Real-Time Mode: parts of a flush often, which bring the rollups by hour that
 * most readers wait for, and all parts of a flush within a longer interval, each with as much of what else there is as
 * the time is worth. So nothing that comes waits behind all of it. Times are those of {@link System#nanoTime}. Not
 * thread-safe.
 */
final class RealTimeSchedule implements FlushSchedule {

    private final long betweenParts;
    private final long betweenFlushes;

    /** Whether the flush under way, or the one that begins with the next part, has something to write. */
    private boolean anyLeft;

    /** Whether something was applied that the flush under way may not cover. */
    private boolean anyApplied;

    private long partBegan;
    private long flushBegan;

    RealTimeSchedule(Duration betweenParts, Duration betweenFlushes) {
        this.betweenParts = betweenParts.toNanos();
        this.betweenFlushes = betweenFlushes.toNanos();
    }

    /** Begins in the middle of the longer interval: tasks that start together do not write together. */
    void start(long now, RandomGenerator random) {
        long begun = random.nextLong(Math.max(1, betweenFlushes - betweenParts));
        flushBegan = now - begun;
        partBegan = now - begun % betweenParts;
    }

    @Override
    public void applied(long now) {
        anyLeft = true;
        anyApplied = true;
    }

    @Override
    public double next(long now) {
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
    public void ended(long now) {}
}
