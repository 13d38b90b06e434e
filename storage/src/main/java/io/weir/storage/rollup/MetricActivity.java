package io.weir.storage.rollup;

/**
 * How much one source brought for a device's metric in a window, and the newest of it: a rollup row without its sums.
 * Times are in milliseconds since the epoch.
 *
 * @param windowStart the start of the window
 * @param count the number of readings, at least 1
 * @param firstTime the event time of the first of them
 * @param lastTime the event time of the last of them
 * @param lastValue the value of the last of them
 */
public record MetricActivity(
        String metric, long windowStart, long count, long firstTime, long lastTime, double lastValue) {

    /** Returns the activity of both; they are of the same metric. The window is the later one. */
    public MetricActivity and(MetricActivity other) {
        MetricActivity newest = other.lastTime > lastTime ? other : this;
        return new MetricActivity(
                metric,
                Math.max(windowStart, other.windowStart),
                count + other.count,
                Math.min(firstTime, other.firstTime),
                newest.lastTime,
                newest.lastValue);
    }
}
