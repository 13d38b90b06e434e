package io.weir.core.fold;

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

/** What a decider without rollups of its own leaves to its followers, and how late each hour of a series is. */
final class Handover implements DecidingEffects {

    private static final int EXCEPTION_HEAP_BYTES = 64;

    private final DeciderTables tables;
    private final RollupKeys hourOfDevice;
    private final long capacity;
    private final RowCache<SeriesHour> hours;
    private final List<ExceptedReading> excepted = new ArrayList<>();

    /** @param capacity bytes of hours of series kept in memory between flushes */
    Handover(DeciderTables tables, ZoneId zone, long capacity) {
        this.tables = tables;
        this.hourOfDevice = new RollupKeys(zone, List.of(Scope.DEVICE), List.of(Resolution.HOUR));
        this.capacity = capacity;
        this.hours = new RowCache<>(this::readHours, SeriesHour::empty, SeriesHour.HEAP_BYTES, capacity);
    }

    @Override
    public List<? extends CachedRow<?>> rowsOf(Reading reading) {
        return List.of(hours.placeOf(hourOfDevice.of(reading).get(0)));
    }

    @Override
    public boolean hasMuchToLoad() {
        return hours.hasMuchToLoad();
    }

    @Override
    public boolean load() {
        return hours.load();
    }

    @Override
    public void stored(Candidate candidate) {
        candidate.rows().get(0).fold(candidate.reading(), candidate.record());
    }

    @Override
    public void excepted(Candidate candidate, ExceptedReading.Kind kind) {
        excepted.add(
                new ExceptedReading(candidate.position(), candidate.record().timestamp(), kind));
    }

    @Override
    public boolean isCrowded() {
        return hours.isCrowded() || (long) excepted.size() * EXCEPTION_HEAP_BYTES > capacity / 2;
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

    /** Writes all: followers wait for it. */
    @Override
    public PendingWrite write(double share) {
        return write();
    }

    @Override
    public void written() {
        hours.written();
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
