package io.weir.core.fold.simulation;

import java.util.TreeMap;

/** In which layout each part of the log is decided: it may change where the log was closed. */
final class Layouts {

    private final TreeMap<Long, Layout> since = new TreeMap<>();

    Layouts(Layout first) {
        since.put(Long.MIN_VALUE, first);
    }

    Layout now() {
        return since.lastEntry().getValue();
    }

    Layout at(long offset) {
        return since.lowerEntry(offset).getValue();
    }

    void change(long closedThrough, Layout next) {
        since.put(closedThrough, next);
    }
}
