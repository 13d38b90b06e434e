package io.weir.query.verify;

import io.weir.core.rollup.Scope;
import io.weir.storage.read.SourceRollup;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/**
 * Adds up, from the hour rows, the readings that no record has brought: those that were added to a raw table by hand, less
 * those that were removed, as far as the rollups were rebuilt since. Thread-safe.
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

    /** Returns how many more readings a source's raw rows of this scope are than its ledger has stored. */
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
