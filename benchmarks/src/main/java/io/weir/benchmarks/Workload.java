package io.weir.benchmarks;

import io.weir.metricproducer.simulation.Mix;
import io.weir.metricproducer.simulation.SimulationSettings;
import java.time.Duration;
import java.util.List;

/**
 * The log that all variants work through.
 *
 * @param everySeconds between two readings of a series, so that the log's event times span that times the readings of one
 * @param warmUp readings of the log that each JVM works through first, unmeasured
 * @param seed of the simulated fleet; the warm-up's is the next one
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
     * Requires that a fleet can send it.
     *
     * @throws IllegalArgumentException naming what was found and what was expected
     */
    void requireValid() {
        var unused = List.of(measured(), ofWarmUp());
    }

    /** How many devices have so many series. */
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

    /** Returns the same with readings so far apart that all of them together cover the span. */
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
