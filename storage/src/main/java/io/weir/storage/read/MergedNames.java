package io.weir.storage.read;

import io.weir.core.reading.NameOrder;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.PriorityQueue;

/** Merges lists of names that are in {@link NameOrder}. Holds one name of each list in memory. */
public final class MergedNames implements Iterator<String> {

    private final PriorityQueue<Head> heads =
            new PriorityQueue<>((one, other) -> NameOrder.INSTANCE.compare(one.name, other.name));

    public MergedNames(List<Iterator<String>> lists) {
        lists.forEach(this::add);
    }

    @Override
    public boolean hasNext() {
        return !heads.isEmpty();
    }

    @Override
    public String next() {
        Head first = heads.poll();
        if (first == null) {
            throw new NoSuchElementException();
        }
        add(first.rest);
        return first.name;
    }

    private void add(Iterator<String> list) {
        if (list.hasNext()) {
            heads.add(new Head(list.next(), list));
        }
    }

    private record Head(String name, Iterator<String> rest) {}
}
