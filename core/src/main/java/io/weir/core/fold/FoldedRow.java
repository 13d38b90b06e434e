package io.weir.core.fold;

import io.weir.core.reading.Reading;

/** What readings of one window are folded into. Not thread-safe. */
interface FoldedRow {

    /** Whether no reading in the row can have this time: it is later than all of them. */
    boolean isNews(long time);

    /** Folds a reading, unless the row has it already; returns whether that has changed the row. */
    boolean fold(Reading reading, LogRecord record);

    /** What it takes of the heap, in bytes, without its key. */
    long heapBytes();
}
