package io.weir.core.fold;

import io.weir.core.reading.Reading;
import io.weir.core.rollup.RollupKey;

/** How late the readings of a device and metric in one hour are. Not thread-safe. */
final class SeriesHour implements FoldedRow {

    static final long HEAP_BYTES = 24;

    private long last;

    /** @param last no stored reading of the hour is later */
    SeriesHour(long last) {
        this.last = last;
    }

    /** Returns the hour before its first reading. */
    static SeriesHour empty(RollupKey hour) {
        return new SeriesHour(hour.window().start() - 1);
    }

    @Override
    public boolean isNews(long time) {
        return time > last;
    }

    @Override
    public long heapBytes() {
        return HEAP_BYTES;
    }

    /** Is never written, but read from the raw table once the reading is there. */
    @Override
    public boolean fold(Reading reading, LogRecord record) {
        last = Math.max(last, reading.time());
        return true;
    }
}
