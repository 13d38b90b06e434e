package io.weir.query.verify;

import java.util.LinkedHashMap;
import java.util.Map;

/** Remembers which months were seen to have hour rows, which stays true; the longest unused are forgotten. Thread-safe. */
final class MonthsWithHours {

    private static final int CAPACITY = 10_000;

    private final Map<MonthUnit, Boolean> known = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<MonthUnit, Boolean> eldest) {
            return size() > CAPACITY;
        }
    };

    synchronized boolean contains(MonthUnit unit) {
        return known.get(unit) != null;
    }

    synchronized void add(MonthUnit unit) {
        known.put(unit, true);
    }
}
