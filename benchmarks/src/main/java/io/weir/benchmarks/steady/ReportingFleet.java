package io.weir.benchmarks.steady;

import java.util.Locale;

/** The fleets whose load is measured. Each record holds one reading of every metric of its device. */
public enum ReportingFleet {
    SITE(1_000, 10, 5, 1),
    CITY(100_000, 100, 1, 10),
    METERS(100_000, 100, 5, 60),
    COUNTRY(1_000_000, 1_000, 1, 300);

    private final int devices;
    private final int groups;
    private final int metrics;
    private final int intervalSeconds;

    ReportingFleet(int devices, int groups, int metrics, int intervalSeconds) {
        this.devices = devices;
        this.groups = groups;
        this.metrics = metrics;
        this.intervalSeconds = intervalSeconds;
    }

    /** As options and reports have it. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    public int devices() {
        return devices;
    }

    int groups() {
        return groups;
    }

    int metrics() {
        return metrics;
    }

    int series() {
        return devices * metrics;
    }

    /** For example {@code 100,000 devices, each 5 metrics in one record every 60 s}. */
    public String sentence() {
        return String.format(
                Locale.ROOT,
                "%,d devices, each %s in one record every %d s",
                devices,
                metrics == 1 ? "1 metric" : metrics + " metrics",
                intervalSeconds);
    }

    /**
     * Returns when its devices report.
     *
     * @param factor times its usual rate: the same devices report so much more often
     * @throws IllegalArgumentException if a device would report more than once in two milliseconds or less than
     *     once a day
     */
    FleetSchedule schedule(double factor, long startMillis) {
        return new FleetSchedule(devices, Math.round(intervalSeconds * 1e9 / factor), startMillis);
    }
}
