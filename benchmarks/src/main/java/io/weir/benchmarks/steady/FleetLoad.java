package io.weir.benchmarks.steady;

import io.weir.metricproducer.simulation.Truth;
import java.time.Duration;
import java.util.Map;

/**
 * The load of a fleet in one run.
 *
 * @param factor the factor for the fleet's rate
 * @param warmUp the duration of the warm-up
 * @param length the duration of the measurement
 * @param copyEvery the interval, in records, at which a record is sent twice; 0 for never
 */
public record FleetLoad(ReportingFleet fleet, double factor, Duration warmUp, Duration length, long copyEvery) {

    /** @throws IllegalArgumentException if the load is not possible */
    public FleetLoad {
        if (warmUp.isNegative() || length.compareTo(Duration.ofSeconds(1)) < 0) {
            throw new IllegalArgumentException("found a warm-up of " + warmUp.toSeconds() + " s and a measurement of "
                    + length.toSeconds() + " s; expected at least 0 s and 1 s");
        }
        fleet.schedule(factor, 0);
    }

    public FleetLoad withFactor(double other) {
        return new FleetLoad(fleet, other, warmUp, length, copyEvery);
    }

    FleetSchedule schedule(long startMillis) {
        return fleet.schedule(factor, startMillis);
    }

    long records() {
        return fleet.schedule(factor, 0).recordsIn(warmUp.plus(length));
    }

    boolean isSentTwice(long record) {
        return copyEvery > 0 && record % copyEvery == 0;
    }

    public double recordsPerSecond() {
        return fleet.schedule(factor, 0).recordsPerSecond();
    }

    public double readingsPerSecond() {
        return recordsPerSecond() * fleet.metrics();
    }

    /**
     * Returns the expected outcome.
     *
     * @param records the number of records that the fleet has sent, without copies
     * @param more readings of other devices, each of them new
     */
    Truth truth(long records, long more) {
        long copies = copyEvery == 0 ? 0 : -Math.floorDiv(-records, copyEvery);
        long stored = records * fleet.metrics() + more;
        long duplicate = copies * fleet.metrics();
        return new Truth(stored + duplicate, stored, duplicate, Map.of());
    }
}
