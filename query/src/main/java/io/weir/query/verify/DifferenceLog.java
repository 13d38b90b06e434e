package io.weir.query.verify;

import java.util.ArrayList;
import java.util.List;

/** Counts all differences and keeps the first ones. Thread-safe. */
final class DifferenceLog {

    private final int limit;
    private final List<Difference> first = new ArrayList<>();
    private long total;

    DifferenceLog(int limit) {
        this.limit = limit;
    }

    synchronized void add(Difference difference) {
        total++;
        if (first.size() < limit) {
            first.add(difference);
        }
    }

    synchronized List<Difference> first() {
        return List.copyOf(first);
    }

    synchronized long total() {
        return total;
    }
}
