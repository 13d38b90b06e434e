package io.weir.core.fold;

import io.weir.core.rollup.RollupKey;
import java.util.Collection;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/** Folds readings into rollup rows, which also know how late their hours are. */
final class RollupRows implements DecidingEffects {

    private final RollupStore store;
    private final RowCache<RollupRow> rows;

    /** @param capacity rows kept in memory between flushes */
    RollupRows(RollupStore store, int capacity) {
        this.store = store;
        this.rows = new RowCache<>(store::readRollups, RollupRow::empty, capacity);
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
    public void load(Collection<RollupKey> keys) {
        rows.load(keys);
    }

    @Override
    public boolean isNews(Candidate candidate) {
        return rows.get(candidate.hourOfDevice()).isNews(candidate.reading().time());
    }

    @Override
    public void stored(Candidate candidate) {
        for (RollupKey key : candidate.keys()) {
            RollupRow row = rows.get(key);
            if (row.fold(candidate.reading(), candidate.record())) {
                rows.changed(row);
            }
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
        return store.writeRollups(rows.changedRows());
    }

    @Override
    public void written() {
        rows.written();
    }

    @Override
    public void clear() {
        rows.clear();
    }
}
