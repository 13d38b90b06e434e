package io.weir.core.fold;

import io.weir.core.rollup.RollupKey;

/** How late the readings of a device and metric in one hour are. Not thread-safe. */
final class SeriesHour {

    private long last;

    /** @param last no stored reading of the hour is later */
    SeriesHour(long last) {
        this.last = last;
    }

    /** Returns the hour before its first reading. */
    static SeriesHour empty(RollupKey hour) {
        return new SeriesHour(hour.window().start() - 1);
    }

    /** Whether no reading in the hour can have this time: it is later than all of them. */
    boolean isNews(long time) {
        return time > last;
    }

    void stored(long time) {
        last = Math.max(last, time);
    }
}
