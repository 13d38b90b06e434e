package io.weir.core.fold.rollup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.weir.core.fold.port.RollupRow;
import io.weir.core.rollup.Resolution;
import io.weir.core.rollup.RollupKey;
import io.weir.core.rollup.Scope;
import io.weir.core.rollup.Window;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Tests which rows the cache keeps and evicts. The simulation shows that no change is lost. */
class RowCacheTest {

    private static final long ROW_BYTES =
            40 + HeapBytes.of(key(1)) + RollupRow.empty(key(1)).heapBytes();

    /** In bytes. */
    private static final long CAPACITY = 4 * ROW_BYTES;

    private final List<RollupKey> requested = new ArrayList<>();
    private final Map<RollupKey, RollupRow> stored = new HashMap<>();
    private final RowCache<RollupRow> cache = new RowCache<>(
            missing -> {
                requested.addAll(missing);
                return stored;
            },
            RollupRow::empty,
            RollupRow.MAX_HEAP_BYTES,
            CAPACITY);

    @Test
    void neverEvictsChangedRows() {
        load(1, 2, 3, 4, 5, 6);
        CachedRow<RollupRow> changed = cache.entryOf(key(1));
        change(1);
        load(7, 8, 9);
        assertThat(cache.takeChanged()).containsExactly(changed.get());
    }

    @Test
    void evictsTheLeastRecentlyUsedRows() {
        load(1, 2, 3, 4, 5, 6);
        RollupRow used = row(1);
        cache.evict();
        assertThat(row(1)).isSameAs(used);
        assertThatIllegalStateException().isThrownBy(() -> row(2));
        assertThatIllegalStateException().isThrownBy(() -> row(3));
        List.of(4, 5, 6).forEach(n -> assertThat(row(n)).isNotNull());
    }

    /** A row that has changed since it was taken is newer than the durable one. */
    @Test
    void keepsRowsChangedSinceTheyWereTaken() {
        load(1, 2, 3, 4, 5, 6);
        change(1);
        change(2);
        cache.takeChanged();
        RollupRow changedAgain = row(1);
        change(1);
        load(3, 4, 5, 6);
        cache.evict();
        assertThat(row(1)).isSameAs(changedAgain);
        assertThatIllegalStateException().isThrownBy(() -> row(2));
    }

    @Test
    void doesNotReloadCachedRows() {
        load(1);
        RollupRow row = row(1);
        load(1, 2);
        assertThat(row(1)).isSameAs(row);
    }

    @Test
    void countsHitsMissesAndLookUps() {
        load(1, 2);
        load(1, 3);
        assertThat(cache.statistics()).isEqualTo(new CacheStatistics(1, 3, 3, 3 * ROW_BYTES));
        cache.clear();
        load(1);
        assertThat(cache.statistics()).isEqualTo(new CacheStatistics(1, 4, 4, ROW_BYTES));
    }

    /** The table cannot contain an hour of a month that it does not contain. */
    @Test
    void aMissThatNeedsNoLookUpIsNotCountedAsOne() {
        CachedRow<RollupRow> enclosing = cache.entryOf(key(1));
        cache.load();
        cache.entryOf(key(2), enclosing);
        cache.load();
        assertThat(requested).containsExactly(key(1));
        assertThat(cache.statistics().misses()).isEqualTo(2);
        assertThat(cache.statistics().lookUps()).isEqualTo(1);
    }

    @Test
    void needsFlushWhenMoreThanHalfOfItIsChanged() {
        load(1, 2, 3);
        change(1);
        change(2);
        change(2);
        assertThat(cache.needsFlush()).isFalse();
        change(3);
        assertThat(cache.needsFlush()).isTrue();
        cache.takeChanged();
        assertThat(cache.needsFlush()).isFalse();
    }

    /** Duplicates load rows without changing them; these must not fill the memory. */
    @Test
    void needsFlushWhenUnchangedRowsExceedTheCapacity() {
        load(1, 2, 3, 4, 5);
        assertThat(cache.needsFlush()).isFalse();
        load(6);
        assertThat(cache.needsFlush()).isTrue();
        cache.evict();
        assertThat(cache.needsFlush()).isFalse();
    }

    /** A row that changes again after it was taken must be written again. */
    @Test
    void takesARowAgainAfterAnotherChange() {
        load(1);
        change(1);
        cache.takeChanged();
        change(1);
        assertThat(cache.takeChanged()).containsExactly(row(1));
    }

    @Test
    void takesMatchingRowsAndLeavesTheOthers() {
        load(1, 2, 3);
        change(1);
        change(2);
        change(3);
        assertThat(cache.takeChanged(row -> row == row(2), 0)).containsExactly(row(2));
        change(1);
        assertThat(cache.takeChanged()).containsExactly(row(1), row(3));
    }

    /** A flush in parts covers the rows that changed first. */
    @Test
    void takesOtherRowsInTheOrderOfTheirChanges() {
        load(1, 2, 3, 4);
        change(3);
        change(1);
        change(4);
        change(2);
        assertThat(cache.countChanged(row -> row != row(4))).isEqualTo(3);
        assertThat(cache.takeChanged(row -> row == row(4), 1)).containsExactly(row(3), row(4));
        change(3);
        assertThat(cache.takeChanged(row -> row == row(4), 2)).containsExactly(row(1), row(2));
        assertThat(cache.takeChanged()).containsExactly(row(3));
    }

    @Test
    void doesNotReadPartsOfARowThatIsNotStored() {
        CachedRow<RollupRow> day = cache.entryOf(day());
        cache.entryOf(key(1), day);
        cache.load();
        assertThat(requested).containsExactly(day());
        assertThat(row(1).rollup().isEmpty()).isTrue();
        cache.entryOf(key(2), day);
        cache.load();
        assertThat(requested).containsExactly(day());
    }

    @Test
    void readsPartsOfAStoredRow() {
        stored.put(day(), RollupRow.empty(day()));
        cache.entryOf(key(1), cache.entryOf(day()));
        cache.load();
        assertThat(requested).containsExactly(day(), key(1));
    }

    @Test
    void readsPartsThatMayHaveBeenEvicted() {
        cache.entryOf(key(1), cache.entryOf(day()));
        cache.load();
        cache.entryOf(key(2), cache.entryOf(day()));
        cache.load();
        cache.evict();
        cache.entryOf(key(3), cache.entryOf(day()));
        cache.load();
        assertThat(requested).as("nothing was evicted").containsExactly(day());

        load(4, 5);
        cache.entryOf(day());
        cache.evict();
        requested.clear();
        cache.entryOf(key(1), cache.entryOf(day()));
        cache.load();
        assertThat(requested).containsExactly(key(1));
    }

    private void load(Integer... rows) {
        for (int row : rows) {
            cache.entryOf(key(row));
        }
        cache.load();
    }

    private RollupRow row(int row) {
        return cache.entryOf(key(row)).get();
    }

    private void change(int row) {
        CachedRow<RollupRow> entry = cache.entryOf(key(row));
        entry.markChanged(entry.get().heapBytes());
    }

    private static RollupKey day() {
        return new RollupKey(Scope.DEVICE, "d", "m", new Window(Resolution.DAY, 0, 100));
    }

    private static RollupKey key(int row) {
        return new RollupKey(Scope.DEVICE, "d", "m", new Window(Resolution.HOUR, row, row + 1));
    }
}
