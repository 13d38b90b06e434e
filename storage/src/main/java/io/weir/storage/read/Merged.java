package io.weir.storage.read;

import java.util.Collection;
import java.util.Comparator;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.PriorityQueue;

/** Merges sorted partitions into one sorted sequence. */
public final class Merged<T> implements Iterator<T> {

    private record Head<T>(T value, Iterator<T> rest) {}

    private final PriorityQueue<Head<T>> heads;

    public Merged(Collection<Iterator<T>> parts, Comparator<? super T> order) {
        heads = new PriorityQueue<>(Comparator.comparing(Head<T>::value, order));
        parts.forEach(this::add);
    }

    @Override
    public boolean hasNext() {
        return !heads.isEmpty();
    }

    @Override
    public T next() {
        Head<T> least = heads.poll();
        if (least == null) {
            throw new NoSuchElementException();
        }
        add(least.rest());
        return least.value();
    }

    private void add(Iterator<T> part) {
        if (part.hasNext()) {
            heads.add(new Head<>(part.next(), part));
        }
    }
}
