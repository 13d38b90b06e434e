package io.weir.storage.read;

import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Queue;
import java.util.function.Function;

/**
 * Concatenates partitions. Reads one after the other, each when the one before has been consumed, or sends the requests
 * for the next ones ahead.
 */
public final class Flattened<P, T> implements Iterator<T> {

    private final Iterator<P> parts;
    private final Function<P, Iterator<T>> read;
    private final int maxAhead;
    private final Queue<Iterator<T>> started = new ArrayDeque<>();
    private Iterator<T> current = Collections.emptyIterator();
    private int ahead;

    public Flattened(Iterator<P> parts, Function<P, Iterator<T>> read) {
        this(parts, read, 0, 0);
    }

    /**
     * @param read sends the request for a part, and does not wait for the response before its first row is asked for
     * @param ahead the number of parts that are requested while the first one is consumed: few, if the caller may
     *     read only a few rows
     * @param maxAhead the maximum of this number, which doubles from part to part
     */
    public Flattened(Iterator<P> parts, Function<P, Iterator<T>> read, int ahead, int maxAhead) {
        this.parts = parts;
        this.read = read;
        this.ahead = ahead;
        this.maxAhead = maxAhead;
    }

    @Override
    public boolean hasNext() {
        while (!current.hasNext()) {
            if (started.isEmpty() && !parts.hasNext()) {
                return false;
            }
            current = started.isEmpty() ? read.apply(parts.next()) : started.remove();
            while (started.size() < ahead && parts.hasNext()) {
                started.add(read.apply(parts.next()));
            }
            ahead = Math.min(maxAhead, 2 * ahead + 1);
        }
        return true;
    }

    @Override
    public T next() {
        if (!hasNext()) {
            throw new NoSuchElementException();
        }
        return current.next();
    }
}
