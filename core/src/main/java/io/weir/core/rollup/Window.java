package io.weir.core.rollup;

/**
 * A span of event time that one rollup covers.
 *
 * @param start the first millisecond of the window, since the epoch
 * @param end the first millisecond after the window, since the epoch
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
