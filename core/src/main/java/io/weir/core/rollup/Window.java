package io.weir.core.rollup;

/**
 * A span of event time that one rollup covers.
 *
 * @param start first millisecond of the window, since the epoch
 * @param end first millisecond after it
 */
public record Window(Resolution resolution, long start, long end) {

    public Window {
        if (start >= end) {
            throw new IllegalArgumentException("a window must not be empty, found [" + start + ", " + end + ")");
        }
    }

    public boolean contains(long time) {
        return start <= time && time < end;
    }
}
