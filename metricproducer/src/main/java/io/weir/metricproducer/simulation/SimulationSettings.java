package io.weir.metricproducer.simulation;

import java.time.Duration;

/**
 * What a simulated fleet is, and what it sends. The seed and the clock's first instant decide every byte of it.
 *
 * @param devices how many devices measure; each measures every {@link SimulatedMetric}
 * @param groups how many groups they are spread over
 * @param rate readings per second, or 0 for as fast as it goes
 * @param readings how many to send, the bad ones included, or 0 to go on until stopped
 * @param every how far apart the readings of a series are while the fleet catches up on a past; nearer, where the past
 *     would else be longer than a year
 * @param seed also part of the devices' names, so that fleets with different seeds never meet
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

    /** A fleet whose series measure every 10 s of their past. */
    public SimulationSettings(int devices, int groups, double rate, long readings, Mix mix, long seed) {
        this(devices, groups, rate, readings, USUALLY_EVERY, mix, seed);
    }

    private static void requireIn(String name, double found, double least, double most) {
        if (!(found >= least && found <= most)) {
            throw new IllegalArgumentException(
                    String.format("%s: found %s, expected %.0f to %.0f", name, found, least, most));
        }
    }

    /** How many series (device, metric) the fleet has. */
    public int series() {
        return devices * SimulatedMetric.ALL.size();
    }
}
