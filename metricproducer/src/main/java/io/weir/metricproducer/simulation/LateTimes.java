package io.weir.metricproducer.simulation;

import java.time.Duration;

/**
 * Event times for readings that come days late: scattered over the week before the simulation, and no two of a series
 * the same, with nothing to remember but how many there were. (Multiplication by an odd number permutes the integers
 * below a power of two.)
 */
final class LateTimes {

    /** Milliseconds to scatter over: 6.2 days. */
    private static final int SLOTS = 1 << 29;

    private static final long SCATTER = 0x9E3779B1L;

    private final int[] used;
    private final long end;

    /**
     * Times for this many series.
     *
     * @param start the first event time of the readings in order, in milliseconds since the epoch
     */
    LateTimes(int series, long start) {
        used = new int[series];
        end = start - Duration.ofDays(1).toMillis();
    }

    boolean hasNext(int series) {
        return used[series] < SLOTS;
    }

    /** Returns a time that this series has not had. */
    long next(int series) {
        return end - ((series + used[series]++) * SCATTER & (SLOTS - 1));
    }
}
