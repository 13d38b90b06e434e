package io.weir.metricproducer.simulation;

import java.time.Duration;

/**
 * Event times of readings that arrive days late: scattered over the week before the simulation, distinct within a
 * series, with only a counter as state. (Multiplication by an odd number permutes the integers below a power of two.)
 */
final class LateTimes {

    /** The range in milliseconds: 6.2 days. */
    private static final int SLOTS = 1 << 29;

    private static final long SCATTER = 0x9E3779B1L;

    private final int[] used;
    private final long end;

    /**
     * Creates times for this number of series.
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

    /** Returns an unused time of this series. */
    long next(int series) {
        return end - ((series + used[series]++) * SCATTER & (SLOTS - 1));
    }
}
