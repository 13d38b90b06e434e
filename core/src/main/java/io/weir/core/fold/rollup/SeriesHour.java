package io.weir.core.fold.rollup;

import io.weir.core.fold.port.FoldedRow;
import io.weir.core.fold.port.LogRecord;
import io.weir.core.reading.Reading;
import io.weir.core.rollup.RollupKey;

/** The last event time of a device and metric in one hour. Not thread-safe. */
public final class SeriesHour implements FoldedRow {

    public static final long HEAP_BYTES = 24;

    private long last;

    /**
     * @param last an event time in milliseconds since the epoch, at or after that of every stored reading of the hour
     */
    public SeriesHour(long last) {
        this.last = last;
    }

    /** Returns an hour without readings. */
    public static SeriesHour empty(RollupKey hour) {
        return new SeriesHour(hour.window().start() - 1);
    }

    @Override
    public boolean isAfterLast(long time) {
        return time > last;
    }

    @Override
    public long heapBytes() {
        return HEAP_BYTES;
    }

    /** Raises the last event time. It is not stored; after a restart it is read from the raw table. */
    @Override
    public boolean fold(Reading reading, LogRecord record) {
        last = Math.max(last, reading.time());
        return true;
    }
}
