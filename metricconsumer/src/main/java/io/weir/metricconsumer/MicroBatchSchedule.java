package io.weir.metricconsumer;

import java.time.Duration;

/**
 * The flushes of a source that is read in micro-batches. Each writes a row once, however many readings have changed it
 * since the last flush: so a flush is followed by a rest, the longer the longer it took. Rollups of a small fleet
 * follow their readings at once, and those of a large one cost a fraction of a write per reading.
 */
final class MicroBatchSchedule implements FlushSchedule {

    /** A rest is so many times as long as the flush before it: flushes take a fifth of the time at most. */
    private static final int REST = 4;

    private final long longestRest;
    private final long quiet;

    private boolean anyApplied;
    private long lastApplied;
    private long began;
    private long ended;
    private long rest;

    /**
     * @param longestRest between the end of a flush and the next
     * @param quiet after so long without records, none are waited for
     */
    MicroBatchSchedule(Duration longestRest, Duration quiet) {
        this.longestRest = longestRest.toNanos();
        this.quiet = quiet.toNanos();
    }

    @Override
    public void applied(long now) {
        anyApplied = true;
        lastApplied = now;
    }

    /** Returns 1 when a flush is due. */
    @Override
    public double next(long now) {
        if (!anyApplied || (now - ended < rest && now - lastApplied < quiet)) {
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
