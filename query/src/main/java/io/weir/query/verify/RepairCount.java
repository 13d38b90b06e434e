package io.weir.query.verify;

import io.weir.core.rollup.Scope;
import io.weir.storage.rollup.SourceRollup;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/**
 * Sums the repaired readings in the hour rows: readings that were added to a raw table by hand, less removed ones, as
 * far as a rebuild has accepted them. Thread-safe.
 */
final class RepairCount {

    private final Map<Scope, Map<Integer, LongAdder>> counts = new EnumMap<>(Scope.class);

    RepairCount() {
        for (Scope scope : Scope.values()) {
            counts.put(scope, new ConcurrentHashMap<>());
        }
    }

    void add(SourceRollup hour) {
        if (hour.repaired() != 0) {
            of(hour.key().scope())
                    .computeIfAbsent(hour.source(), source -> new LongAdder())
                    .add(hour.repaired());
        }
    }

    /**
     * Returns the difference between the number of a source's raw rows in this scope and the stored count of its
     * ledger.
     */
    long readings(Scope scope, int source) {
        LongAdder count = of(scope).get(source);
        return count == null ? 0 : count.sum();
    }

    private Map<Integer, LongAdder> of(Scope scope) {
        Map<Integer, LongAdder> ofScope = counts.get(scope);
        if (ofScope == null) {
            throw new IllegalStateException("there are no counts for " + scope);
        }
        return ofScope;
    }
}
