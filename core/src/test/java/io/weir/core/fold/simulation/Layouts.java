package io.weir.core.fold.simulation;

import java.util.TreeMap;

/** The layout of each part of the log: it changes where an operator stops the pipeline between two records. */
final class Layouts {

    private final TreeMap<Long, Layout> since = new TreeMap<>();

    Layouts(Layout first) {
        since.put(Long.MIN_VALUE, first);
    }

    /** Returns the layout in which the record at an offset is decided. */
    Layout at(long offset) {
        return since.lowerEntry(offset).getValue();
    }

    /** Returns the layout of the records after an offset. */
    Layout after(long offset) {
        return since.floorEntry(offset).getValue();
    }

    /** Returns true if the layout changes after an offset. */
    boolean changesAfter(long offset) {
        return at(offset) != after(offset);
    }

    void change(long closedThrough, Layout next) {
        since.put(closedThrough, next);
    }
}
