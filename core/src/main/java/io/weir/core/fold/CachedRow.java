package io.weir.core.fold;

import io.weir.core.reading.Reading;
import java.util.Collection;
import org.jspecify.annotations.Nullable;

/** The place of one row in a {@link RowCache}. Not thread-safe. */
final class CachedRow<R extends FoldedRow> {

    private final Collection<CachedRow<R>> allChanged;
    private @Nullable R row;
    private boolean isChanged;

    /** The row of the same series in the window around this one's. */
    private @Nullable CachedRow<R> around;

    /** Whether every row of a window within this one's is in memory, if there is any. */
    private boolean hasAllParts;

    CachedRow(Collection<CachedRow<R>> allChanged) {
        this.allChanged = allChanged;
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
        if (get().fold(reading, record)) {
            changed();
        }
    }

    /** Notes that the row is not as it is stored. */
    void changed() {
        if (!isChanged) {
            isChanged = true;
            allChanged.add(this);
        }
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
    }

    /** A row that is not stored has no parts that are, unless of readings that the log still has to bring. */
    void loadedEmpty(R empty) {
        row = empty;
        hasAllParts = true;
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
