package io.weir.metricproducer.simulation;

import java.util.List;
import java.util.Locale;

/** The metrics of simulated devices: a daily wave, with a slightly different phase and mean for each device. */
enum SimulatedMetric {
    TEMPERATURE(21, 6, 4, 0.4),
    HUMIDITY(48, 14, 6, 1.5),
    PRESSURE(1013, 2, 8, 0.3);

    /** All metrics; the index is the metric's number. */
    static final List<SimulatedMetric> ALL = List.of(values());

    private static final double DAY_MILLIS = 86_400_000;

    private final String metric = name().toLowerCase(Locale.ROOT);
    private final double mean;
    private final double swing;
    private final double spread;
    private final double noise;

    SimulatedMetric(double mean, double swing, double spread, double noise) {
        this.mean = mean;
        this.swing = swing;
        this.spread = spread;
        this.noise = noise;
    }

    String metric() {
        return metric;
    }

    /**
     * Returns the value in hundredths, like a sensor with two decimals.
     *
     * @param character of the device, in [0, 1)
     * @param gaussian a draw of the standard normal distribution
     */
    long hundredthsAt(long time, double character, double gaussian) {
        double turn = time / DAY_MILLIS + character / 4;
        double value = mean + spread * (character - 0.5) + swing * Math.sin(2 * Math.PI * turn) + noise * gaussian;
        return Math.round(value * 100);
    }
}
