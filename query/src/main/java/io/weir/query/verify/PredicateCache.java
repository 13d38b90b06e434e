package io.weir.query.verify;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Predicate;

/**
 * Caches the subjects for which a predicate is true, which must not change; evicts the least recently used one.
 * Thread-safe.
 */
final class PredicateCache<T> {

    private static final int CAPACITY = 10_000;

    private final Predicate<T> predicate;
    private final Map<T, Boolean> known = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<T, Boolean> eldest) {
            return size() > CAPACITY;
        }
    };

    PredicateCache(Predicate<T> predicate) {
        this.predicate = predicate;
    }

    boolean isTrueOf(T subject) {
        if (isKnown(subject)) {
            return true;
        }
        boolean found = predicate.test(subject);
        if (found) {
            remember(subject);
        }
        return found;
    }

    private synchronized boolean isKnown(T subject) {
        return known.get(subject) != null;
    }

    private synchronized void remember(T subject) {
        known.put(subject, true);
    }
}
