package io.weir.metricconsumer;

import java.time.Duration;

/**
 * When to flush a source that is read in micro-batches. A flush writes each changed row once, however many readings have
 * changed it. So the schedule waits four times as long as the last flush took: the flushes of a small fleet follow each
 * other at once, and those of a large one write each row for many readings.
 */
final class MicroBatchSchedule implements FlushSchedule {

    /** A rest is so many times as long as the flush before it: flushes take a fifth of the time at most. */
    private static final int REST = 4;

    private final long longestRest;
    private final long idle;

    private boolean anyApplied;
    private long lastApplied;
    private long began;
    private long ended;
    private long rest;

    /**
     * @param longestRest between the end of a flush and the next
     * @param idle after so long without records, none are waited for
     */
    MicroBatchSchedule(Duration longestRest, Duration idle) {
        this.longestRest = longestRest.toNanos();
        this.idle = idle.toNanos();
    }

    @Override
    public void applied(long now) {
        anyApplied = true;
        lastApplied = now;
    }

    /** Returns 1 when a flush is due. */
    @Override
    public double next(long now) {
        if (!anyApplied || (now - ended < rest && now - lastApplied < idle)) {
            return NOTHING;
        }
        anyApplied = false;
        began = now;
        return 1;
    }

    @Override
    public void ended(long now) {
        ended = now;
        rest = Math.min(longestRest, REST * (now - began));
    }
}
