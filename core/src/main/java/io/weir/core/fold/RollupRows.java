package io.weir.core.fold;

import io.weir.core.reading.Reading;
import io.weir.core.rollup.Resolution;
import io.weir.core.rollup.RollupKey;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/** Folds readings into rollup rows, which also know how late their hours are. */
final class RollupRows implements DecidingEffects {

    private final RollupStore store;
    private final RollupKeys keys;
    private final RowCache<RollupRow> rows;

    /** Rows of days and months that had changed at the mark and are not written. */
    private int marked;

    /**
     * @param keys the rollups of a reading; where readings are decided, the device's hour comes last
     * @param capacity bytes of rows kept in memory between flushes
     */
    RollupRows(RollupStore store, RollupKeys keys, long capacity) {
        this.store = store;
        this.keys = keys;
        this.rows = new RowCache<>(store::readRollups, RollupRow::empty, RollupRow.MAX_HEAP_BYTES, capacity);
    }

    /**
     * Returns what rebuilds these rows.
     *
     * @param raw passes on the raw rows of a span
     */
    Rebuild rebuild(FoldSettings settings, BiConsumer<RawSpan, Consumer<ArrivedReading>> raw) {
        return new Rebuild(settings, raw, rows);
    }

    @Override
    public List<? extends CachedRow<?>> rowsOf(Reading reading) {
        List<RollupKey> all = keys.of(reading);
        List<CachedRow<RollupRow>> places = new ArrayList<>(all.size());
        for (int i = 0; i < all.size(); i++) {
            places.add(rows.placeOf(all.get(i), i < keys.perWindow() ? null : places.get(i - keys.perWindow())));
        }
        return places;
    }

    @Override
    public boolean hasMuchToLoad() {
        return rows.hasMuchToLoad();
    }

    @Override
    public boolean load() {
        return rows.load();
    }

    @Override
    public void stored(Candidate candidate) {
        for (CachedRow<?> row : candidate.rows()) {
            row.fold(candidate.reading(), candidate.record());
        }
    }

    /** Changes no rollup. */
    @Override
    public void excepted(Candidate candidate, ExceptedReading.Kind kind) {}

    @Override
    public boolean isCrowded() {
        return rows.isCrowded();
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

    /** A day changes with every one of its hours, a month with every day: they are written once a mark. */
    @Override
    public PendingWrite write(double share) {
        int others = (int) (share * marked);
        marked -= others;
        return store.writeRollups(rows.takeChanged(RollupRows::isHour, others));
    }

    @Override
    public void written() {
        rows.written();
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
