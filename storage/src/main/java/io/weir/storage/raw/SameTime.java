package io.weir.storage.raw;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;

/** Groups the partitions of the same time span, which are the shards whose rows must be merged. */
final class SameTime implements Iterator<List<RawPartition>> {

    private final Iterator<RawPartition> partitions;
    private @Nullable RawPartition nextPartition;

    SameTime(Iterator<RawPartition> partitions) {
        this.partitions = partitions;
        this.nextPartition = nextOrNull();
    }

    @Override
    public boolean hasNext() {
        return nextPartition != null;
    }

    @Override
    public List<RawPartition> next() {
        RawPartition first = nextPartition;
        if (first == null) {
            throw new NoSuchElementException();
        }
        List<RawPartition> shards = new ArrayList<>();
        for (RawPartition next = first; next != null && next.from() == first.from(); next = nextPartition) {
            shards.add(next);
            nextPartition = nextOrNull();
        }
        return shards;
    }

    private @Nullable RawPartition nextOrNull() {
        return partitions.hasNext() ? partitions.next() : null;
    }
}
