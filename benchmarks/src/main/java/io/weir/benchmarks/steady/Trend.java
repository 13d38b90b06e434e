package io.weir.benchmarks.steady;

import java.util.List;

/**
 * Decides whether a lag grows: compares the slope of the linear regression of its samples with a threshold, as
 * Theodolite does (Henning and Hasselbring, "A configurable method for benchmarking scalability of cloud-native
 * applications", 2022).
 *
 * @param slope in records per second
 * @param threshold in records per second
 */
public record Trend(double slope, double threshold) {

    /** A sample of a lag. */
    record Point(double second, double records) {}

    /** @throws IllegalArgumentException if there are less than two samples, or all are of the same time */
    static Trend of(List<Point> samples, double threshold) {
        double meanSecond =
                samples.stream().mapToDouble(Point::second).average().orElse(Double.NaN);
        double meanRecords =
                samples.stream().mapToDouble(Point::records).average().orElse(Double.NaN);
        double covariance = 0;
        double variance = 0;
        for (Point sample : samples) {
            double distance = sample.second() - meanSecond;
            covariance += distance * (sample.records() - meanRecords);
            variance += distance * distance;
        }
        if (!(variance > 0)) {
            throw new IllegalArgumentException(
                    "a trend needs samples of two times at least, found " + samples.size() + " of the same");
        }
        return new Trend(covariance / variance, threshold);
    }

    public boolean isUpward() {
        return slope > threshold;
    }
}
