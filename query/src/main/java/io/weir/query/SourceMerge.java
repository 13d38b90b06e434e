package io.weir.query;

import io.weir.core.rollup.Rollup;
import io.weir.core.rollup.Window;
import io.weir.storage.rollup.SourceRollup;
import java.util.Iterator;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;

/**
 * Merges the rollup rows of several sources into one rollup per window. Expects rows in order of window start, then
 * source, as the tables store them; the order of sources breaks ties between first and last readings.
 */
final class SourceMerge implements Iterator<WindowRollup> {

    private final Iterator<SourceRollup> rows;
    private @Nullable SourceRollup ahead;

    SourceMerge(Iterator<SourceRollup> rows) {
        this.rows = rows;
        this.ahead = nextOrNull();
    }

    @Override
    public boolean hasNext() {
        return ahead != null;
    }

    @Override
    public WindowRollup next() {
        SourceRollup first = ahead;
        if (first == null) {
            throw new NoSuchElementException();
        }
        Window window = first.key().window();
        ahead = nextOrNull();
        SourceRollup second = ahead;
        if (second == null || !isOf(window, second)) {
            return new WindowRollup(window, first.rollup()); // the common case: each device stays in its partition
        }
        Rollup merged = new Rollup();
        merged.merge(first.rollup());
        for (SourceRollup row = second; row != null && isOf(window, row); row = ahead) {
            merged.merge(row.rollup());
            ahead = nextOrNull();
        }
        return new WindowRollup(window, merged);
    }

    private static boolean isOf(Window window, SourceRollup row) {
        return row.key().window().start() == window.start();
    }

    private @Nullable SourceRollup nextOrNull() {
        return rows.hasNext() ? rows.next() : null;
    }
}
