package io.weir.benchmarks;

import io.weir.metricproducer.simulation.Mix;
import io.weir.metricproducer.simulation.SimulationSettings;

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
