package io.weir.metricproducer.simulation;

import java.time.Duration;

/**
 * The settings of a simulated fleet. The seed and the clock's first instant determine every byte that it sends.
 *
 * @param devices the number of devices; each measures every {@link SimulatedMetric}
 * @param groups the number of groups
 * @param rate readings per second, or 0 for no limit
 * @param readings the number of readings to send, including bad ones, or 0 to send until stopped
 * @param every the interval of a series' past readings; shorter if the past would otherwise exceed a year
 * @param seed also part of the devices' names, so that fleets with different seeds share no devices
 */
public record SimulationSettings(
        int devices, int groups, double rate, long readings, Duration every, Mix mix, long seed) {

    private static final int MAX_DEVICES = 1_000_000;
    private static final double MAX_RATE = 1e9;
    private static final long MAX_READINGS = 1_000_000_000_000L;

    private static final Duration USUALLY_EVERY = Duration.ofSeconds(10);
    private static final double LONGEST_SECONDS = 86_400;

    public SimulationSettings {
        requireIn("devices", devices, 1, MAX_DEVICES);
        requireIn("groups", groups, 1, MAX_DEVICES);
        requireIn("rate", rate, 0, MAX_RATE);
        requireIn("readings", (double) readings, 0, (double) MAX_READINGS);
        requireIn("seconds between readings of a series", every.toMillis() / 1000.0, 1, LONGEST_SECONDS);
    }

    /** Creates the settings of a fleet with one past reading per series every 10 s. */
    public SimulationSettings(int devices, int groups, double rate, long readings, Mix mix, long seed) {
        this(devices, groups, rate, readings, USUALLY_EVERY, mix, seed);
    }

    private static void requireIn(String name, double found, double least, double most) {
        if (!(found >= least && found <= most)) {
            throw new IllegalArgumentException(
                    String.format("%s: found %s, expected %.0f to %.0f", name, found, least, most));
        }
    }

    /** Returns the number of series (device, metric). */
    public int series() {
        return devices * SimulatedMetric.ALL.size();
    }
}
