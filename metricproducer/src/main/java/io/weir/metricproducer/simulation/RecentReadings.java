package io.weir.metricproducer.simulation;

import java.util.Random;

/** The last stored readings of each device, from which duplicates and conflicts are created. */
final class RecentReadings {

    private static final int MAX_PER_DEVICE = 16;
    private static final int MAX_READINGS = 2_000_000;

    private final int perDevice;
    private final long[] times;
    private final long[] hundredths;
    private final byte[] metrics;
    private final int[] kept;

    RecentReadings(int devices) {
        perDevice = Math.max(1, Math.min(MAX_PER_DEVICE, MAX_READINGS / devices));
        times = new long[devices * perDevice];
        hundredths = new long[devices * perDevice];
        metrics = new byte[devices * perDevice];
        kept = new int[devices];
    }

    boolean has(int device) {
        return kept[device] > 0;
    }

    /** Adds a reading; replaces a random one if the device is at its limit. */
    void keep(int device, Measured reading, Random random) {
        int place = kept[device] < perDevice ? kept[device]++ : random.nextInt(perDevice);
        int index = device * perDevice + place;
        times[index] = reading.time();
        hundredths[index] = reading.hundredths();
        metrics[index] = (byte) SimulatedMetric.ALL.indexOf(reading.metric());
    }

    /** Returns a random reading of the device. */
    Measured any(int device, Random random) {
        int index = device * perDevice + random.nextInt(kept[device]);
        return new Measured(SimulatedMetric.ALL.get(metrics[index]), times[index], hundredths[index]);
    }
}
