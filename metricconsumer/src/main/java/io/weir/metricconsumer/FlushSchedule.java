package io.weir.metricconsumer;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * When a task writes what it has applied: the rollups by hour often, which are what most readers wait for, and all of it
 * with the ledger more seldom, since a day or month changes with every one of its hours. Times are those of {@link
 * System#nanoTime}. Not thread-safe.
 */
final class FlushSchedule {

    /** What is to be begun. */
    enum Due {
        NOTHING,
        HOURS,
        ALL
    }

    private final long betweenHours;
    private final long betweenAll;
    private boolean hoursLeft;
    private boolean anyLeft;
    private long hoursBegan;
    private long allBegan;

    FlushSchedule(Duration betweenHours, Duration betweenAll) {
        this.betweenHours = betweenHours.toNanos();
        this.betweenAll = betweenAll.toNanos();
    }

    /** Begins, in the middle of the longer interval: tasks that start together do not write everything together. */
    void start(long now, RandomGenerator random) {
        hoursBegan = now;
        allBegan = now - random.nextLong(Math.max(1, betweenAll - betweenHours));
    }

    /** There is something to write. */
    void applied() {
        hoursLeft = true;
        anyLeft = true;
    }

    /** Returns what is due, which the caller then begins. */
    Due next(long now) {
        if (anyLeft && now - allBegan >= betweenAll) {
            hoursBegan = now;
            allBegan = now;
            hoursLeft = false;
            anyLeft = false;
            return Due.ALL;
        }
        if (hoursLeft && now - hoursBegan >= betweenHours) {
            hoursBegan = now;
            hoursLeft = false;
            return Due.HOURS;
        }
        return Due.NOTHING;
    }
}
