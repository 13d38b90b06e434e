package io.weir.core.fold.engine;

import io.weir.core.fold.port.ArrivedReading;
import io.weir.core.fold.port.PendingWrite;
import io.weir.core.fold.port.RawSpan;
import io.weir.core.fold.port.RollupRow;
import io.weir.core.fold.port.RollupStore;
import io.weir.core.fold.port.SkippedReading;
import io.weir.core.fold.rollup.CacheStatistics;
import io.weir.core.fold.rollup.CachedRow;
import io.weir.core.fold.rollup.RollupKeys;
import io.weir.core.fold.rollup.RowCache;
import io.weir.core.reading.Reading;
import io.weir.core.rollup.Resolution;
import io.weir.core.rollup.RollupKey;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/** Folds readings into cached rollup rows, which also tell the last event time of each hour. Not thread-safe. */
final class RollupRows implements DecidingEffects {

    private final RollupStore store;
    private final RollupKeys keys;
    private final RowCache<RollupRow> rows;

    /** The number of changed daily and monthly rows at the mark that are not written yet. */
    private int marked;

    /**
     * @param keys the rollups of a reading; in a fold that decides, the device's hour is last
     * @param capacity the bytes of rows to cache between flushes
     */
    RollupRows(RollupStore store, RollupKeys keys, long capacity) {
        this.store = store;
        this.keys = keys;
        this.rows = new RowCache<>(store::readRollups, RollupRow::empty, RollupRow.MAX_HEAP_BYTES, capacity);
    }

    /**
     * Returns the executor of commands that rebuild these rows.
     *
     * @param raw passes the raw rows of a span to a consumer
     */
    Rebuild rebuild(FoldSettings settings, BiConsumer<RawSpan, Consumer<ArrivedReading>> raw) {
        return new Rebuild(settings, raw, rows);
    }

    @Override
    public List<? extends CachedRow<?>> rowsOf(Reading reading) {
        List<RollupKey> all = keys.of(reading);
        List<CachedRow<RollupRow>> entries = new ArrayList<>(all.size());
        for (int i = 0; i < all.size(); i++) {
            entries.add(rows.entryOf(all.get(i), i < keys.perWindow() ? null : entries.get(i - keys.perWindow())));
        }
        return entries;
    }

    @Override
    public boolean needsLoad() {
        return rows.needsLoad();
    }

    @Override
    public boolean load() {
        return rows.load();
    }

    @Override
    public void addStored(Candidate candidate) {
        for (CachedRow<?> row : candidate.rows()) {
            row.fold(candidate.reading(), candidate.record());
        }
    }

    /** Does nothing: a reading that is not stored changes no rollup. */
    @Override
    public void addExcepted(Candidate candidate, SkippedReading.Kind kind) {}

    @Override
    public boolean needsFlush() {
        return rows.needsFlush();
    }

    @Override
    public PendingWrite write() {
        mark();
        return write(1);
    }

    @Override
    public void mark() {
        marked = rows.countChanged(row -> !isHour(row));
    }

    /**
     * Writes all changed hours, and a share of the changed days and months. Each hour changes its day and month too, so
     * these are written only once per mark.
     */
    @Override
    public PendingWrite write(double share) {
        int others = (int) (share * marked);
        marked -= others;
        return store.writeRollups(rows.takeChanged(RollupRows::isHour, others));
    }

    @Override
    public void onDurable() {
        rows.evict();
    }

    @Override
    public CacheStatistics cache() {
        return rows.statistics();
    }

    @Override
    public void clear() {
        rows.clear();
        marked = 0;
    }

    private static boolean isHour(RollupRow row) {
        return row.key().window().resolution() == Resolution.HOUR;
    }
}
