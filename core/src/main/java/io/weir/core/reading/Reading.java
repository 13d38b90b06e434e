package io.weir.core.reading;

/**
 * One measured value.
 *
 * @param device the device that measured the value; 1 to 256 characters
 * @param group the group that the device belongs to; 1 to 256 characters
 * @param metric the measured quantity; 1 to 256 characters
 * @param time event time in milliseconds since the epoch
 * @param value the finite value; never negative zero, so that equal values have equal bits
 */
public record Reading(String device, String group, String metric, long time, double value) implements Decoded {

    /** The group of readings that do not specify one. */
    public static final String DEFAULT_GROUP = "default";

    public Reading {
        if (!Double.isFinite(value)) {
            throw new IllegalArgumentException("a reading's value must be finite, found " + value);
        }
        value += 0.0; // -0.0 + 0.0 is 0.0
    }

    /** Returns the identity of the reading within its source. */
    public ReadingKey key() {
        return new ReadingKey(device, metric, time);
    }
}
