package io.weir.storage.read;

import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;

/** Splits a list into parts that one statement can name. */
public final class Chunks<T> implements Iterator<List<T>> {

    private final List<T> all;
    private final int size;
    private int next;

    public Chunks(List<T> all, int size) {
        this.all = all;
        this.size = size;
    }

    @Override
    public boolean hasNext() {
        return next < all.size();
    }

    @Override
    public List<T> next() {
        if (!hasNext()) {
            throw new NoSuchElementException();
        }
        int from = next;
        next = Math.min(all.size(), from + size);
        return all.subList(from, next);
    }
}
