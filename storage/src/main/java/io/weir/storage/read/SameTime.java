package io.weir.storage.read;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;

/** Groups the shards that hold the same span of time: their rows have to be merged. */
final class SameTime implements Iterator<List<RawPartition>> {

    private final Iterator<RawPartition> partitions;
    private @Nullable RawPartition ahead;

    SameTime(Iterator<RawPartition> partitions) {
        this.partitions = partitions;
        this.ahead = nextOrNull();
    }

    @Override
    public boolean hasNext() {
        return ahead != null;
    }

    @Override
    public List<RawPartition> next() {
        RawPartition first = ahead;
        if (first == null) {
            throw new NoSuchElementException();
        }
        List<RawPartition> shards = new ArrayList<>();
        for (RawPartition next = first; next != null && next.from() == first.from(); next = ahead) {
            shards.add(next);
            ahead = nextOrNull();
        }
        return shards;
    }

    private @Nullable RawPartition nextOrNull() {
        return partitions.hasNext() ? partitions.next() : null;
    }
}
