package io.weir.core.rollup;

import io.weir.core.reading.NameOrder;

/**
 * The first or the last reading of a rollup.
 *
 * @param time event time in milliseconds since the epoch
 * @param device orders readings of a group at the same time, by {@link NameOrder}
 */
public record Sample(long time, String device, double value) {

    boolean isAfter(long otherTime, String otherDevice) {
        return time > otherTime || (time == otherTime && NameOrder.INSTANCE.compare(device, otherDevice) > 0);
    }
}
