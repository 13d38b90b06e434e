package io.weir.query.device;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * All devices with their activity, as read at one moment.
 *
 * @param asOf the event time, in milliseconds since the epoch, before which all punctual readings are regarded; null
 *     while unknown
 * @param readAt when the devices were read
 * @param devices in {@link io.weir.core.reading.NameOrder}
 * @param isComplete whether these are all devices; otherwise memory sufficed only for the first ones
 */
public record KnownDevices(@Nullable Long asOf, Instant readAt, List<Known> devices, boolean isComplete) {

    public KnownDevices {
        devices = List.copyOf(devices);
    }

    /**
     * A device without the readings of its metrics.
     *
     * @param groups all groups that its readings were ever stored for
     * @param lastSeen the event time of its newest reading, in milliseconds since the epoch; null if there is none
     * @param usualInterval the usual time between two readings, in milliseconds; null if unknown
     */
    public record Known(String device, List<String> groups, @Nullable Long lastSeen, @Nullable Long usualInterval) {

        public Known {
            groups = List.copyOf(groups);
        }

        /** Returns the state of the device at the time as of which devices are known. */
        public DeviceState state(@Nullable Long asOf) {
            return DeviceState.of(lastSeen, usualInterval, asOf);
        }
    }

    KnownDevices at(@Nullable Long otherAsOf) {
        return new KnownDevices(otherAsOf, readAt, devices, isComplete);
    }
}
