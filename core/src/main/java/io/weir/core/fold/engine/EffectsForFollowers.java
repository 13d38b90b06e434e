package io.weir.core.fold.engine;

import io.weir.core.fold.port.DeciderTables;
import io.weir.core.fold.port.PendingWrite;
import io.weir.core.fold.port.SkippedReading;
import io.weir.core.fold.rollup.CacheStatistics;
import io.weir.core.fold.rollup.CachedRow;
import io.weir.core.fold.rollup.RollupKeys;
import io.weir.core.fold.rollup.RowCache;
import io.weir.core.fold.rollup.SeriesHour;
import io.weir.core.reading.Reading;
import io.weir.core.rollup.Resolution;
import io.weir.core.rollup.RollupKey;
import io.weir.core.rollup.Scope;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The effects of a decider that leaves rollups to followers: collects the exceptions that followers need, and tracks
 * the last event time in each hour of a series.
 */
final class EffectsForFollowers implements DecidingEffects {

    private static final int EXCEPTION_HEAP_BYTES = 64;

    private final DeciderTables tables;
    private final RollupKeys hourOfDevice;
    private final long capacity;
    private final RowCache<SeriesHour> hours;
    private final List<SkippedReading> excepted = new ArrayList<>();

    /** @param capacity the bytes of hours of series to cache between flushes */
    EffectsForFollowers(DeciderTables tables, ZoneId zone, long capacity) {
        this.tables = tables;
        this.hourOfDevice = new RollupKeys(zone, List.of(Scope.DEVICE), List.of(Resolution.HOUR));
        this.capacity = capacity;
        this.hours = new RowCache<>(this::readHours, SeriesHour::empty, SeriesHour.HEAP_BYTES, capacity);
    }

    @Override
    public List<? extends CachedRow<?>> rowsOf(Reading reading) {
        return List.of(hours.entryOf(hourOfDevice.of(reading).get(0)));
    }

    @Override
    public boolean needsLoad() {
        return hours.needsLoad();
    }

    @Override
    public boolean load() {
        return hours.load();
    }

    @Override
    public void addStored(Candidate candidate) {
        candidate.rows().get(0).fold(candidate.reading(), candidate.record());
    }

    @Override
    public void addExcepted(Candidate candidate, SkippedReading.Kind kind) {
        excepted.add(new SkippedReading(candidate.position(), candidate.record().timestamp(), kind));
    }

    @Override
    public boolean needsFlush() {
        return hours.needsFlush() || (long) excepted.size() * EXCEPTION_HEAP_BYTES > capacity / 2;
    }

    @Override
    public PendingWrite write() {
        hours.takeChanged();
        PendingWrite write = tables.writeExceptions(excepted);
        excepted.clear();
        return write;
    }

    @Override
    public void mark() {}

    /** Writes everything at once, because followers wait for it. */
    @Override
    public PendingWrite write(double share) {
        return write();
    }

    @Override
    public void onDurable() {
        hours.evict();
    }

    @Override
    public CacheStatistics cache() {
        return hours.statistics();
    }

    @Override
    public void clear() {
        hours.clear();
        excepted.clear();
    }

    private Map<RollupKey, SeriesHour> readHours(Collection<RollupKey> keys) {
        Map<RollupKey, SeriesHour> found = new HashMap<>();
        tables.readLastTimes(keys).forEach((key, last) -> found.put(key, new SeriesHour(last)));
        return found;
    }
}
