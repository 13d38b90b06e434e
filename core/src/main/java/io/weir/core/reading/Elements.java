package io.weir.core.reading;

import java.util.ArrayList;
import java.util.List;

/**
 * Collects the elements of a record while it is decoded. Counts all of them, but drops them once they exceed the limit.
 * Not thread-safe.
 */
final class Elements {

    /**
     * The maximum number of elements. Each may take several KiB of memory with its payload, so the size of the record
     * is too loose a bound.
     */
    static final int MAX = 10_000;

    private final List<Decoded> kept = new ArrayList<>(1);
    private int count;

    void add(Decoded element) {
        count++;
        if (exceedLimit()) {
            kept.clear();
        } else {
            kept.add(element);
        }
    }

    int count() {
        return count;
    }

    boolean exceedLimit() {
        return count > MAX;
    }

    /** Returns all elements; an empty list if they exceed the limit. */
    List<Decoded> kept() {
        return kept;
    }
}
