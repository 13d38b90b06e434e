package io.weir.metricconsumer.executor;

import java.time.Duration;

/**
 * Schedules the flushes of a source that is read in micro-batches. A flush writes each changed row once, however many
 * readings have changed it, so the schedule waits four times as long as the last flush took: a small fleet is flushed
 * almost continuously, and a large one writes each row once for many readings.
 */
final class MicroBatchSchedule implements FlushSchedule {

    /**
     * The pause is this many times as long as the flush before it, so that flushes take at most a fifth of the time.
     */
    private static final int PAUSE_FACTOR = 4;

    private final long maxPause;
    private final long idle;

    private boolean anyApplied;
    private long lastApplied;
    private long began;
    private long ended;
    private long pause;

    /**
     * @param maxPause the longest time between the end of a flush and the next
     * @param idle flushes at once when no records have come for this long
     */
    MicroBatchSchedule(Duration maxPause, Duration idle) {
        this.maxPause = maxPause.toNanos();
        this.idle = idle.toNanos();
    }

    @Override
    public void onApplied(long now) {
        anyApplied = true;
        lastApplied = now;
    }

    /** Returns 1 when a flush is due. */
    @Override
    public double nextShare(long now) {
        if (!anyApplied || (now - ended < pause && now - lastApplied < idle)) {
            return NOTHING;
        }
        anyApplied = false;
        began = now;
        return 1;
    }

    @Override
    public void onFlushEnded(long now) {
        ended = now;
        pause = Math.min(maxPause, PAUSE_FACTOR * (now - began));
    }
}
