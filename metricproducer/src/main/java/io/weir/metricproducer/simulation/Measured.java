package io.weir.metricproducer.simulation;

/**
 * A measurement of a simulated device.
 *
 * @param time event time in milliseconds since the epoch
 * @param hundredths the value times 100, so that two values differ if and only if these do
 */
record Measured(SimulatedMetric metric, long time, long hundredths) {

    double value() {
        return hundredths / 100.0;
    }

    Measured plusHundredths(int more) {
        return new Measured(metric, time, hundredths + more);
    }
}
