package io.weir.core.fold.rollup;

import io.weir.core.fold.port.FoldedRow;
import io.weir.core.fold.port.LogRecord;
import io.weir.core.reading.Reading;
import org.jspecify.annotations.Nullable;

/** An entry of a {@link RowCache}: one row, or a row that is still to be loaded. Not thread-safe. */
public final class CachedRow<R extends FoldedRow> {

    private static final int HEAP_BYTES = 40;

    private final RowCache<R> cache;

    /** The heap bytes of the entry, its key and its row. */
    private long bytes;

    private @Nullable R row;
    private boolean isChanged;

    /**
     * The entry of the same series for the next longer window, which contains this one's window; null if there is none.
     */
    private @Nullable CachedRow<R> enclosing;

    /** True if every existing row of a shorter window within this one is in the cache. */
    private boolean hasAllPartsCached;

    /** @param keyBytes the heap bytes of the entry's key */
    CachedRow(RowCache<R> cache, long keyBytes) {
        this.cache = cache;
        this.bytes = HEAP_BYTES + keyBytes;
    }

    long bytes() {
        return bytes;
    }

    public R get() {
        R loaded = row;
        if (loaded == null) {
            throw new IllegalStateException("the row of this cache entry is not loaded: call RowCache.load() first");
        }
        return loaded;
    }

    public boolean isAfterLast(long time) {
        return get().isAfterLast(time);
    }

    public void fold(Reading reading, LogRecord record) {
        R folded = get();
        long before = folded.heapBytes();
        if (folded.fold(reading, record)) {
            markChanged(before);
        }
    }

    /**
     * Marks the row as changed since it was last written.
     *
     * @param bytesBefore the heap bytes of the row before the change
     */
    public void markChanged(long bytesBefore) {
        grow(get().heapBytes() - bytesBefore);
        if (!isChanged) {
            isChanged = true;
            cache.onChanged(this);
        }
    }

    private void grow(long by) {
        bytes += by;
        cache.onResized(this, by);
    }

    void setEnclosing(@Nullable CachedRow<R> entry) {
        enclosing = entry;
    }

    /**
     * Returns true if the table cannot contain the row, so that reading it is pointless: all parts of the enclosing row
     * that exist are cached, and this one is not among them.
     */
    boolean cannotBeStored() {
        return enclosing != null && enclosing.hasAllPartsCached;
    }

    void setLoaded(R stored) {
        row = stored;
        grow(stored.heapBytes());
    }

    /**
     * Sets an empty row for a key that the table does not contain. None of the row's parts is stored either, except for
     * readings that are still to come from the log.
     */
    void setNew(R empty) {
        row = empty;
        hasAllPartsCached = true;
        grow(empty.heapBytes());
    }

    /** Marks the row as unchanged: its current state is being written. */
    void markUnchanged() {
        isChanged = false;
    }

    boolean isChanged() {
        return isChanged;
    }

    /** Called when the row is evicted from the cache. */
    void onEvicted() {
        if (enclosing != null) {
            enclosing.hasAllPartsCached = false;
        }
    }
}
