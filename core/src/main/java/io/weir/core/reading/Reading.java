package io.weir.core.reading;

/**
 * One measured value: what flows through the whole pipeline.
 *
 * @param device the device that measured; 1 to 256 characters
 * @param group the group that the device belongs to
 * @param metric what was measured
 * @param time event time in milliseconds since the epoch
 * @param value the finite value; never negative zero, so that equal values have equal bits
 */
public record Reading(String device, String group, String metric, long time, double value) implements Decoded {

    /** The group of readings that name none. */
    public static final String DEFAULT_GROUP = "default";

    public Reading {
        if (!Double.isFinite(value)) {
            throw new IllegalArgumentException("a reading's value must be finite, found " + value);
        }
        value += 0.0; // -0.0 + 0.0 is 0.0
    }

    /** Returns what makes two readings of one source the same. */
    public ReadingKey key() {
        return new ReadingKey(device, metric, time);
    }
}
