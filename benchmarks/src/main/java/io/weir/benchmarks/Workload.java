package io.weir.benchmarks;

import io.weir.metricproducer.simulation.Mix;
import io.weir.metricproducer.simulation.SimulationSettings;
import java.util.List;

/**
 * The log that all variants work through.
 *
 * @param warmUp readings of the log that each JVM works through first, unmeasured
 * @param seed of the simulated fleet; the warm-up's is the next one
 */
record Workload(
        long readings,
        long warmUp,
        int devices,
        int groups,
        int partitions,
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

    SimulationSettings measured() {
        return fleet(readings, seed);
    }

    SimulationSettings ofWarmUp() {
        return fleet(warmUp, seed + 1);
    }

    private SimulationSettings fleet(long sent, long fleetSeed) {
        Mix mix = new Mix(late, duplicates, 0, 0, 0);
        return new SimulationSettings(devices, groups, 0, sent, mix, fleetSeed);
    }
}
