package io.weir.query.verify;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Predicate;

/**
 * Caches the results of a predicate whose true results never change; evicts the least recently used entry. Thread-safe.
 */
final class Remembered<T> {

    private static final int CAPACITY = 10_000;

    private final Predicate<T> question;
    private final Map<T, Boolean> known = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<T, Boolean> eldest) {
            return size() > CAPACITY;
        }
    };

    Remembered(Predicate<T> question) {
        this.question = question;
    }

    boolean isTrueOf(T subject) {
        if (isKnown(subject)) {
            return true;
        }
        boolean found = question.test(subject);
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
