package io.weir.core.reading;

import java.util.ArrayList;
import java.util.List;

/** The elements of a record while it is decoded: counts all of them, and keeps them unless they are too many. */
final class Elements {

    /** Each takes up to some KiB in memory, with its payload; the record's bytes alone bound it too loosely. */
    static final int MAX = 10_000;

    private final List<Decoded> kept = new ArrayList<>(1);
    private int count;

    void add(Decoded element) {
        count++;
        if (areTooMany()) {
            kept.clear();
        } else {
            kept.add(element);
        }
    }

    int count() {
        return count;
    }

    boolean areTooMany() {
        return count > MAX;
    }

    /** Returns all elements, unless they are too many. */
    List<Decoded> kept() {
        return kept;
    }
}
