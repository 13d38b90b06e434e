package io.weir.benchmarks.steady;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * The due times of a fleet's records. Each device reports once in every interval; the devices are spread evenly over
 * it, in order of their numbers. Records are numbered from 0 in order of due time.
 *
 * @param intervalNanos the interval between two records of a device
 * @param startMillis event time of the first record, since the epoch
 */
record FleetSchedule(int devices, long intervalNanos, long startMillis) {

    /** Event times have millisecond precision, and those of a device must differ. */
    private static final long SHORTEST_NANOS = TimeUnit.MILLISECONDS.toNanos(2);

    private static final long LONGEST_NANOS = TimeUnit.DAYS.toNanos(1);

    FleetSchedule {
        if (intervalNanos < SHORTEST_NANOS || intervalNanos > LONGEST_NANOS) {
            throw new IllegalArgumentException("each device would report every " + intervalNanos / 1e6
                    + " ms; expected 2 ms to a day: choose another rate factor");
        }
    }

    double recordsPerSecond() {
        return devices * 1e9 / intervalNanos;
    }

    int deviceOf(long record) {
        return (int) (record % devices);
    }

    /** Returns the index of the record among those of its device, from 0. */
    long roundOf(long record) {
        return record / devices;
    }

    /** Returns the due time in nanoseconds after the first record's. */
    long dueNanos(long record) {
        return roundOf(record) * intervalNanos + record % devices * intervalNanos / devices;
    }

    long eventTime(long record) {
        return startMillis + TimeUnit.NANOSECONDS.toMillis(dueNanos(record));
    }

    /** Returns the number of records that are due at a time in nanoseconds after the first record's. */
    long recordsDue(long nanos) {
        if (nanos < 0) {
            return 0;
        }
        long within = nanos % intervalNanos + 1;
        return nanos / intervalNanos * devices + -Math.floorDiv(-within * devices, intervalNanos);
    }

    long recordsIn(Duration time) {
        return recordsDue(time.toNanos() - 1);
    }
}
