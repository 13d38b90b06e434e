package io.weir.query.device;

import io.weir.storage.rollup.MetricActivity;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How active a device is.
 *
 * @param metrics the newest reading of each metric, in {@link io.weir.core.reading.NameOrder}
 * @param usualInterval the usual time between two of its readings, in milliseconds; null if unknown
 */
public record DeviceActivity(String device, List<MetricActivity> metrics, @Nullable Long usualInterval) {

    public DeviceActivity {
        metrics = List.copyOf(metrics);
    }

    /** Returns the event time of the newest reading, in milliseconds since the epoch; null without readings. */
    public @Nullable Long lastSeen() {
        return freshest(metrics).map(MetricActivity::lastTime).orElse(null);
    }

    static Optional<MetricActivity> freshest(List<MetricActivity> metrics) {
        return metrics.stream().max(Comparator.comparingLong(MetricActivity::lastTime));
    }
}
