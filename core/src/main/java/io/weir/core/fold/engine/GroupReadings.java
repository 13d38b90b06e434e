package io.weir.core.fold.engine;

import io.weir.core.fold.port.PendingWrite;
import io.weir.core.fold.port.StoredReading;
import io.weir.core.fold.rollup.CacheStatistics;
import io.weir.core.fold.rollup.CachedRow;
import io.weir.core.fold.rollup.HeapBytes;
import io.weir.core.reading.Reading;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.Function;

/** Writes the raw table by group. The fold never reads these rows, so none is cached. */
final class GroupReadings implements Effects {

    private final Function<Collection<StoredReading>, PendingWrite> table;
    private final long capacity;
    private final List<StoredReading> readings = new ArrayList<>();
    private long bytes;

    /** @param capacity the bytes of readings to collect between flushes */
    GroupReadings(Function<Collection<StoredReading>, PendingWrite> table, long capacity) {
        this.table = table;
        this.capacity = capacity;
    }

    @Override
    public List<? extends CachedRow<?>> rowsOf(Reading reading) {
        return List.of();
    }

    @Override
    public boolean needsLoad() {
        return false;
    }

    @Override
    public boolean load() {
        return false;
    }

    @Override
    public void addStored(Candidate candidate) {
        readings.add(candidate.stored());
        bytes += HeapBytes.of(candidate.reading());
    }

    @Override
    public boolean needsFlush() {
        return bytes > capacity;
    }

    @Override
    public PendingWrite write() {
        List<StoredReading> written = List.copyOf(readings);
        clear();
        return table.apply(written);
    }

    @Override
    public void onDurable() {}

    @Override
    public CacheStatistics cache() {
        return CacheStatistics.NONE;
    }

    @Override
    public void clear() {
        readings.clear();
        bytes = 0;
    }
}
