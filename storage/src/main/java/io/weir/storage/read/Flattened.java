package io.weir.storage.read;

import java.util.Collections;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.function.Function;

/** Reads one partition after the other, each when the one before has been consumed. */
public final class Flattened<P, T> implements Iterator<T> {

    private final Iterator<P> parts;
    private final Function<P, Iterator<T>> read;
    private Iterator<T> current = Collections.emptyIterator();

    public Flattened(Iterator<P> parts, Function<P, Iterator<T>> read) {
        this.parts = parts;
        this.read = read;
    }

    @Override
    public boolean hasNext() {
        while (!current.hasNext() && parts.hasNext()) {
            current = read.apply(parts.next());
        }
        return current.hasNext();
    }

    @Override
    public T next() {
        if (!hasNext()) {
            throw new NoSuchElementException();
        }
        return current.next();
    }
}
