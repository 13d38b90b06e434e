package io.weir.core.fold;

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
 * Rows of one source that are in memory, least recently used first. Changed rows stay until they are taken to be written
 * and that is durable; only then are the oldest forgotten.
 *
 * <p>Whoever needs rows asks for the places of all of them, then has them {@linkplain #load loaded} together. Places are
 * good until the next {@link #written} or {@link #clear}.
 */
final class RowCache<R extends FoldedRow> {

    private final Function<Collection<RollupKey>, Map<RollupKey, R>> table;
    private final Function<RollupKey, R> empty;
    private final long maxRowBytes;
    private final long capacity;
    private final Map<RollupKey, CachedRow<R>> rows = new LinkedHashMap<>(1024, 0.75f, true);
    private final Map<Resolution, Map<RollupKey, CachedRow<R>>> missing = new EnumMap<>(Resolution.class);
    private final List<CachedRow<R>> changed = new ArrayList<>();

    /** Places that the next {@link #load} brings rows to. */
    private int asked;

    /** What all rows take of the heap, and those that have changed. */
    private long bytes;

    private long changedBytes;

    /**
     * @param table returns the rows that are stored, of those that are asked for
     * @param empty returns a row that is not stored
     * @param maxRowBytes no row takes more of the heap
     * @param capacity bytes of rows kept in memory between flushes
     */
    RowCache(
            Function<Collection<RollupKey>, Map<RollupKey, R>> table,
            Function<RollupKey, R> empty,
            long maxRowBytes,
            long capacity) {
        this.table = table;
        this.empty = empty;
        this.maxRowBytes = maxRowBytes;
        this.capacity = capacity;
    }

    /** Returns the place of a row; unless the row is in memory, the next {@link #load} brings it there. */
    CachedRow<R> placeOf(RollupKey key) {
        CachedRow<R> place = rows.get(key);
        if (place == null) {
            place = new CachedRow<>(this, HeapBytes.of(key));
            rows.put(key, place);
            bytes += place.bytes();
            asked++;
            missing.computeIfAbsent(key.window().resolution(), resolution -> new LinkedHashMap<>())
                    .put(key, place);
        }
        return place;
    }

    /**
     * Returns the place of a row whose readings all go into another as well.
     *
     * @param around the other: of the same series, in the window around this one's; null if there is none
     */
    CachedRow<R> placeOf(RollupKey key, @Nullable CachedRow<R> around) {
        CachedRow<R> place = placeOf(key);
        place.lieIn(around);
        return place;
    }

    /**
     * Brings all rows into memory that have a place and are not there; rows that are not stored begin empty. Long windows
     * come first: where there is no month, none of its days and hours need to be read.
     *
     * @return whether the table was read
     */
    boolean load() {
        asked = 0;
        boolean read = false;
        for (Resolution resolution : Resolution.LONGEST_FIRST) {
            Map<RollupKey, CachedRow<R>> places = missing.remove(resolution);
            if (places != null) {
                read |= load(places);
            }
        }
        return read;
    }

    private boolean load(Map<RollupKey, CachedRow<R>> places) {
        List<RollupKey> asked = new ArrayList<>();
        places.forEach((key, place) -> {
            if (!place.cannotBeStored()) {
                asked.add(key);
            }
        });
        Map<RollupKey, R> stored = asked.isEmpty() ? Map.of() : table.apply(asked);
        places.forEach((key, place) -> {
            R row = stored.get(key);
            if (row == null) {
                place.loadedEmpty(empty.apply(key));
            } else {
                place.loaded(row);
            }
        });
        return !asked.isEmpty();
    }

    /** Returns the rows that have changed since the last time, to be written as they are now. */
    List<R> takeChanged() {
        return takeChanged(row -> true, 0);
    }

    /**
     * Returns those of the rows that have changed since the last time, and as many of the others, first those that changed
     * first; what is left can be taken later.
     */
    List<R> takeChanged(Predicate<R> which, int others) {
        List<R> taken = new ArrayList<>();
        List<CachedRow<R>> left = new ArrayList<>();
        int free = others;
        for (CachedRow<R> place : changed) {
            boolean asked = which.test(place.get());
            if (asked || free > 0) {
                free -= asked ? 0 : 1;
                place.taken();
                changedBytes -= place.bytes();
                taken.add(place.get());
            } else {
                left.add(place);
            }
        }
        changed.clear();
        changed.addAll(left);
        return taken;
    }

    /** Returns how many of the rows that have changed are such. */
    int countChanged(Predicate<R> which) {
        return (int) changed.stream().filter(place -> which.test(place.get())).count();
    }

    /** Whether it is time to write: changed rows take half of the cache, or rows that were only looked at overfill it. */
    boolean isCrowded() {
        return changedBytes > capacity / 2 || bytes > capacity / 4 * 5;
    }

    /** Whether it is time to load: the rows that have a place and are not in memory could take half of the cache. */
    boolean hasMuchToLoad() {
        return (long) asked * maxRowBytes > capacity / 2;
    }

    /** All rows that were ever taken are durable: forgets the oldest above the capacity that have not changed since. */
    void written() {
        Iterator<CachedRow<R>> oldest = rows.values().iterator();
        while (bytes > capacity && oldest.hasNext()) {
            CachedRow<R> place = oldest.next();
            if (!place.isChanged()) {
                place.forgotten();
                bytes -= place.bytes();
                oldest.remove();
            }
        }
    }

    void clear() {
        rows.clear();
        missing.clear();
        changed.clear();
        asked = 0;
        bytes = 0;
        changedBytes = 0;
    }

    /** Notes that a row has changed since it was last taken, for the first time. */
    void hasChanged(CachedRow<R> place) {
        changed.add(place);
        changedBytes += place.bytes();
    }

    /** Notes that a row takes more bytes than before, or fewer. */
    void hasGrown(CachedRow<R> place, long by) {
        bytes += by;
        changedBytes += place.isChanged() ? by : 0;
    }
}
