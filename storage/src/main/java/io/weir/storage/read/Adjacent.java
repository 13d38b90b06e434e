package io.weir.storage.read;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.function.BiPredicate;
import org.jspecify.annotations.Nullable;

/** Collects adjacent rows that belong together. Holds one group, and the row after it, in memory. */
public final class Adjacent<T> implements Iterator<List<T>> {

    private final Iterator<T> rows;
    private final BiPredicate<T, T> belongs;
    private @Nullable T ahead;

    /** @param belongs returns whether the second row belongs to the group that begins with the first one */
    public Adjacent(Iterator<T> rows, BiPredicate<T, T> belongs) {
        this.rows = rows;
        this.belongs = belongs;
        this.ahead = nextOrNull();
    }

    @Override
    public boolean hasNext() {
        return ahead != null;
    }

    @Override
    public List<T> next() {
        T first = ahead;
        if (first == null) {
            throw new NoSuchElementException();
        }
        List<T> group = new ArrayList<>();
        for (T row = first; row != null && belongs.test(first, row); row = ahead) {
            group.add(row);
            ahead = nextOrNull();
        }
        return group;
    }

    private @Nullable T nextOrNull() {
        return rows.hasNext() ? rows.next() : null;
    }
}
