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
 * The rollup rows of one source that are in memory, least recently used first. Changed rows stay until they are
 * written; only then are the oldest forgotten.
 */
final class RowCache {

    private final Function<Collection<RollupKey>, Map<RollupKey, RollupRow>> table;
    private final int capacity;
    private final Map<RollupKey, RollupRow> rows = new LinkedHashMap<>(1024, 0.75f, true);
    private final Set<RollupRow> changed = new LinkedHashSet<>();

    /**
     * @param table returns the rows that are stored, of those that are asked for
     */
    RowCache(Function<Collection<RollupKey>, Map<RollupKey, RollupRow>> table, int capacity) {
        this.table = table;
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
        Map<RollupKey, RollupRow> stored = table.apply(missing);
        for (RollupKey key : missing) {
            RollupRow row = stored.get(key);
            rows.put(key, row == null ? RollupRow.empty(key) : row);
        }
    }

    /** Returns a row that was loaded. */
    RollupRow get(RollupKey key) {
        RollupRow row = rows.get(key);
        if (row == null) {
            throw new IllegalStateException("the row of " + key + " was not loaded");
        }
        return row;
    }

    void changed(RollupRow row) {
        changed.add(row);
    }

    Collection<RollupRow> changedRows() {
        return changed;
    }

    /** Whether it is time to write: changed rows take half of the cache, or rows that were only looked at overfill it. */
    boolean isCrowded() {
        return changed.size() > capacity / 2 || rows.size() / 2 > capacity;
    }

    /** All changed rows are durable: forgets the oldest rows above the capacity. */
    void written() {
        changed.clear();
        Iterator<RollupRow> oldest = rows.values().iterator();
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
