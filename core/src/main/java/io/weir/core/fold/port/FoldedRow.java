package io.weir.core.fold.port;

import io.weir.core.reading.Reading;

/** A row that the readings of one window are folded into. Not thread-safe. */
public interface FoldedRow {

    /** Returns true if the time, in milliseconds since the epoch, is later than that of every reading in the row. */
    boolean isAfterLast(long time);

    /** Folds a reading unless the row already contains it; returns true if the row has changed. */
    boolean fold(Reading reading, LogRecord record);

    /** Returns the heap bytes of the row without its key. */
    long heapBytes();
}
