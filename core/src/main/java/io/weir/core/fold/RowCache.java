package io.weir.core.fold;

import io.weir.core.rollup.RollupKey;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/**
 * Rows of one source that are in memory, least recently used first. Changed rows stay until they are written; only then
 * are the oldest forgotten.
 *
 * @param <R> a row, equal to itself only
 */
final class RowCache<R> {

    private final Function<Collection<RollupKey>, Map<RollupKey, R>> table;
    private final Function<RollupKey, R> empty;
    private final int capacity;
    private final Map<RollupKey, R> rows = new LinkedHashMap<>(1024, 0.75f, true);
    private final Set<R> changed = new LinkedHashSet<>();

    /**
     * @param table returns the rows that are stored, of those that are asked for
     * @param empty returns a row that is not stored
     */
    RowCache(Function<Collection<RollupKey>, Map<RollupKey, R>> table, Function<RollupKey, R> empty, int capacity) {
        this.table = table;
        this.empty = empty;
        this.capacity = capacity;
    }

    /** Brings the rows of all keys into memory; rows that are not stored begin empty. */
    void load(Collection<RollupKey> keys) {
        List<RollupKey> missing = new ArrayList<>();
        for (RollupKey key : keys) {
            if (rows.get(key) == null) {
                missing.add(key);
            }
        }
        if (missing.isEmpty()) {
            return;
        }
        Map<RollupKey, R> stored = table.apply(missing);
        for (RollupKey key : missing) {
            R row = stored.get(key);
            rows.put(key, row == null ? empty.apply(key) : row);
        }
    }

    /** Returns a row that was loaded. */
    R get(RollupKey key) {
        R row = rows.get(key);
        if (row == null) {
            throw new IllegalStateException("the row of " + key + " was not loaded");
        }
        return row;
    }

    void changed(R row) {
        changed.add(row);
    }

    Collection<R> changedRows() {
        return changed;
    }

    /** Whether it is time to write: changed rows take half of the cache, or rows that were only looked at overfill it. */
    boolean isCrowded() {
        return changed.size() > capacity / 2 || rows.size() / 2 > capacity;
    }

    /** All changed rows are durable: forgets the oldest rows above the capacity. */
    void written() {
        changed.clear();
        Iterator<R> oldest = rows.values().iterator();
        while (rows.size() > capacity) {
            oldest.next();
            oldest.remove();
        }
    }

    void clear() {
        rows.clear();
        changed.clear();
    }
}
