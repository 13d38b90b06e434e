package io.weir.storage.read;

import io.weir.core.reading.Reading;
import io.weir.core.rollup.Scope;

/**
 * Identifies one metric of one device, or of all devices of a group.
 *
 * @param id the device or the group
 */
public record ScopedMetric(Scope scope, String id, String metric) {

    public static ScopedMetric ofDevice(String device, String metric) {
        return new ScopedMetric(Scope.DEVICE, device, metric);
    }

    public static ScopedMetric ofGroup(String group, String metric) {
        return new ScopedMetric(Scope.GROUP, group, metric);
    }

    /** Returns the device or the group of a reading, with its metric. */
    public static ScopedMetric of(Scope scope, Reading reading) {
        return switch (scope) {
            case DEVICE -> ofDevice(reading.device(), reading.metric());
            case GROUP -> ofGroup(reading.group(), reading.metric());
        };
    }
}
