package io.weir.core.fold.rollup;

import io.weir.core.fold.port.FoldedRow;
import io.weir.core.rollup.Resolution;
import io.weir.core.rollup.RollupKey;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * A cache of one source's rows, in LRU order. Changed rows are never evicted: a row can be evicted once its changes
 * were taken, written, and are durable.
 *
 * <p>To use rows, get the entries of all of them, then {@linkplain #load load} them together. An entry is valid until
 * the next {@link #evict} or {@link #clear}. Not thread-safe.
 */
public final class RowCache<R extends FoldedRow> {

    private final Function<Collection<RollupKey>, Map<RollupKey, R>> table;
    private final Function<RollupKey, R> empty;
    private final long maxRowBytes;
    private final long capacity;
    private final Map<RollupKey, CachedRow<R>> rows = new LinkedHashMap<>(1024, 0.75f, true);
    private final Map<Resolution, Map<RollupKey, CachedRow<R>>> missing = new EnumMap<>(Resolution.class);
    private final List<CachedRow<R>> changed = new ArrayList<>();

    /** The number of entries that the next {@link #load} has to load. */
    private int requested;

    /** The heap bytes of all entries. */
    private long bytes;

    /** The heap bytes of changed entries. */
    private long changedBytes;

    private long hits;
    private long misses;
    private long lookUps;

    /**
     * @param table reads the rows that exist for a collection of keys
     * @param empty creates a row that the table does not contain
     * @param maxRowBytes the maximum heap bytes of a row
     * @param capacity the bytes of rows to keep between flushes
     */
    public RowCache(
            Function<Collection<RollupKey>, Map<RollupKey, R>> table,
            Function<RollupKey, R> empty,
            long maxRowBytes,
            long capacity) {
        this.table = table;
        this.empty = empty;
        this.maxRowBytes = maxRowBytes;
        this.capacity = capacity;
    }

    /** Returns the entry of a row; if the row is not cached, the next {@link #load} loads it. */
    public CachedRow<R> entryOf(RollupKey key) {
        CachedRow<R> entry = rows.get(key);
        if (entry != null) {
            hits++;
        } else {
            misses++;
            entry = new CachedRow<>(this, HeapBytes.of(key));
            rows.put(key, entry);
            bytes += entry.bytes();
            requested++;
            missing.computeIfAbsent(key.window().resolution(), resolution -> new LinkedHashMap<>())
                    .put(key, entry);
        }
        return entry;
    }

    /**
     * Returns the entry of a row whose readings all belong to an enclosing row as well.
     *
     * @param enclosing the entry of the same series for the next longer window; null if there is none
     */
    public CachedRow<R> entryOf(RollupKey key, @Nullable CachedRow<R> enclosing) {
        CachedRow<R> entry = entryOf(key);
        entry.setEnclosing(enclosing);
        return entry;
    }

    /**
     * Loads the rows of all entries that have none yet; rows that the table does not contain start empty. Longer
     * windows are loaded first: if a month does not exist, its days and hours need not be read.
     *
     * @return true if the table was read
     */
    public boolean load() {
        requested = 0;
        boolean read = false;
        for (Resolution resolution : Resolution.LONGEST_FIRST) {
            Map<RollupKey, CachedRow<R>> entries = missing.remove(resolution);
            if (entries != null) {
                read |= load(entries);
            }
        }
        return read;
    }

    private boolean load(Map<RollupKey, CachedRow<R>> entries) {
        List<RollupKey> wanted = new ArrayList<>();
        entries.forEach((key, entry) -> {
            if (!entry.cannotBeStored()) {
                wanted.add(key);
            }
        });
        lookUps += wanted.size();
        Map<RollupKey, R> stored = wanted.isEmpty() ? Map.of() : table.apply(wanted);
        entries.forEach((key, entry) -> {
            R row = stored.get(key);
            if (row == null) {
                entry.setNew(empty.apply(key));
            } else {
                entry.setLoaded(row);
            }
        });
        return !wanted.isEmpty();
    }

    /** Returns all rows that have changed since they were last taken, to be written as they are now. */
    public List<R> takeChanged() {
        return takeChanged(row -> true, 0);
    }

    /**
     * Returns the changed rows that match, and up to a number of the other changed rows, oldest change first. The
     * remaining rows can be taken later.
     *
     * @param required selects rows that are always taken
     * @param others the maximum number of other rows
     */
    public List<R> takeChanged(Predicate<R> required, int others) {
        List<R> taken = new ArrayList<>();
        List<CachedRow<R>> left = new ArrayList<>();
        int free = others;
        for (CachedRow<R> entry : changed) {
            boolean isRequired = required.test(entry.get());
            if (isRequired || free > 0) {
                free -= isRequired ? 0 : 1;
                entry.markUnchanged();
                changedBytes -= entry.bytes();
                taken.add(entry.get());
            } else {
                left.add(entry);
            }
        }
        changed.clear();
        changed.addAll(left);
        return taken;
    }

    /** Returns the number of changed rows that match. */
    public int countChanged(Predicate<R> matches) {
        return (int) changed.stream().filter(entry -> matches.test(entry.get())).count();
    }

    /**
     * Returns true if changes must be flushed: changed rows take more than half of the capacity, or all rows together
     * more than 5/4 of it.
     */
    public boolean needsFlush() {
        return changedBytes > capacity / 2 || bytes > capacity / 4 * 5;
    }

    /** Returns true if entries must be loaded: those without a row could take more than half of the capacity. */
    public boolean needsLoad() {
        return (long) requested * maxRowBytes > capacity / 2;
    }

    /**
     * Evicts the least recently used unchanged rows above the capacity. Requires that all rows that were taken are
     * durable.
     */
    public void evict() {
        Iterator<CachedRow<R>> oldest = rows.values().iterator();
        while (bytes > capacity && oldest.hasNext()) {
            CachedRow<R> entry = oldest.next();
            if (!entry.isChanged()) {
                entry.onEvicted();
                bytes -= entry.bytes();
                oldest.remove();
            }
        }
    }

    /** Returns how the cache was used since it was created, and its size. */
    public CacheStatistics statistics() {
        return new CacheStatistics(hits, misses, lookUps, bytes);
    }

    /** Drops all entries. Keeps the counters of {@link #statistics}. */
    public void clear() {
        rows.clear();
        missing.clear();
        changed.clear();
        requested = 0;
        bytes = 0;
        changedBytes = 0;
    }

    /** Registers an entry whose row has changed for the first time since it was last taken. */
    void onChanged(CachedRow<R> entry) {
        changed.add(entry);
        changedBytes += entry.bytes();
    }

    /** Registers a change of an entry's size in bytes, which may be negative. */
    void onResized(CachedRow<R> entry, long by) {
        bytes += by;
        changedBytes += entry.isChanged() ? by : 0;
    }
}
