package io.weir.benchmarks;

import io.weir.metricproducer.simulation.Mix;
import io.weir.metricproducer.simulation.SimulationSettings;
import java.time.Duration;
import java.util.List;

/**
 * The log that all variants process.
 *
 * @param everySeconds the interval between two readings of a series, which determines the span of event times
 * @param warmUp the number of readings in the warm-up log of each JVM
 * @param seed the seed of the simulated fleet; the warm-up uses the next one
 */
record Workload(
        long readings,
        long warmUp,
        int devices,
        int groups,
        int partitions,
        long everySeconds,
        double late,
        double duplicates,
        long seed) {

    /**
     * Requires that a simulated fleet can produce the workload.
     *
     * @throws IllegalArgumentException naming what was found and what was expected
     */
    void requireValid() {
        var unused = List.of(measured(), ofWarmUp());
    }

    /** Returns the number of devices for a number of series. */
    int devicesFor(long series) {
        return Math.toIntExact(Math.max(1, series / metrics()));
    }

    Workload withDevices(int others) {
        return new Workload(
                readings, warmUp, others, Math.min(groups, others), partitions, everySeconds, late, duplicates, seed);
    }

    Workload withGroups(int others) {
        return new Workload(readings, warmUp, devices, others, partitions, everySeconds, late, duplicates, seed);
    }

    Workload withPartitions(int others) {
        return new Workload(readings, warmUp, devices, groups, others, everySeconds, late, duplicates, seed);
    }

    Workload withDisorder(double otherLate, double otherDuplicates) {
        return new Workload(
                readings, warmUp, devices, groups, partitions, everySeconds, otherLate, otherDuplicates, seed);
    }

    /** Returns the same workload with an interval such that the readings cover the span. */
    Workload withSpan(Duration span) {
        long ofASeries = Math.max(1, readings / measured().series());
        long apart = Math.max(1, span.toSeconds() / ofASeries);
        return new Workload(readings, warmUp, devices, groups, partitions, apart, late, duplicates, seed);
    }

    private int metrics() {
        return measured().series() / devices;
    }

    SimulationSettings measured() {
        return fleet(readings, seed);
    }

    SimulationSettings ofWarmUp() {
        return fleet(warmUp, seed + 1);
    }

    private SimulationSettings fleet(long sent, long fleetSeed) {
        Mix mix = new Mix(late, duplicates, 0, 0, 0);
        return new SimulationSettings(devices, groups, 0, sent, Duration.ofSeconds(everySeconds), mix, fleetSeed);
    }
}
