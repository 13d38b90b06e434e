package io.weir.core.fold;

import io.weir.core.reading.Reading;
import org.jspecify.annotations.Nullable;

/** The place of one row in a {@link RowCache}. Not thread-safe. */
final class CachedRow<R extends FoldedRow> {

    private static final int HEAP_BYTES = 40;

    private final RowCache<R> cache;

    /** What the place takes of the heap, with its key and its row. */
    private long bytes;

    private @Nullable R row;
    private boolean isChanged;

    /** The row of the same series in the window around this one's. */
    private @Nullable CachedRow<R> around;

    /** Whether every row of a window within this one's is in memory, if there is any. */
    private boolean hasAllParts;

    /** @param keyBytes what its key takes of the heap */
    CachedRow(RowCache<R> cache, long keyBytes) {
        this.cache = cache;
        this.bytes = HEAP_BYTES + keyBytes;
    }

    long bytes() {
        return bytes;
    }

    R get() {
        R loaded = row;
        if (loaded == null) {
            throw new IllegalStateException("the row was not loaded");
        }
        return loaded;
    }

    boolean isNews(long time) {
        return get().isNews(time);
    }

    void fold(Reading reading, LogRecord record) {
        R folded = get();
        long before = folded.heapBytes();
        if (folded.fold(reading, record)) {
            changed(before);
        }
    }

    /**
     * Notes that the row is not as it is stored.
     *
     * @param bytesBefore what it took of the heap before it changed
     */
    void changed(long bytesBefore) {
        grow(get().heapBytes() - bytesBefore);
        if (!isChanged) {
            isChanged = true;
            cache.hasChanged(this);
        }
    }

    private void grow(long by) {
        bytes += by;
        cache.hasGrown(this, by);
    }

    void lieIn(@Nullable CachedRow<R> other) {
        around = other;
    }

    /** Whether it needs not be read: the row is not in memory, where it would be. */
    boolean cannotBeStored() {
        return around != null && around.hasAllParts;
    }

    void loaded(R stored) {
        row = stored;
        grow(stored.heapBytes());
    }

    /** A row that is not stored has no parts that are, unless of readings that the log still has to bring. */
    void loadedEmpty(R empty) {
        row = empty;
        hasAllParts = true;
        grow(empty.heapBytes());
    }

    /** The row is written as it is now. */
    void taken() {
        isChanged = false;
    }

    boolean isChanged() {
        return isChanged;
    }

    /** The row leaves the memory. */
    void forgotten() {
        if (around != null) {
            around.hasAllParts = false;
        }
    }
}
