package io.weir.core.fold;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.weir.core.rollup.Resolution;
import io.weir.core.rollup.RollupKey;
import io.weir.core.rollup.Scope;
import io.weir.core.rollup.Window;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What the cache keeps and what it forgets. That nothing is lost by it, the simulation shows. */
class RowCacheTest {

    private static final long ROW_BYTES =
            40 + HeapBytes.of(key(1)) + RollupRow.empty(key(1)).heapBytes();

    /** In bytes. */
    private static final long CAPACITY = 4 * ROW_BYTES;

    private final List<RollupKey> asked = new ArrayList<>();
    private final Map<RollupKey, RollupRow> stored = new HashMap<>();
    private final RowCache<RollupRow> cache = new RowCache<>(
            missing -> {
                asked.addAll(missing);
                return stored;
            },
            RollupRow::empty,
            RollupRow.MAX_HEAP_BYTES,
            CAPACITY);

    @Test
    void changedRowsAreNeverForgotten() {
        load(1, 2, 3, 4, 5, 6);
        CachedRow<RollupRow> changed = cache.placeOf(key(1));
        change(1);
        load(7, 8, 9);
        assertThat(cache.takeChanged()).containsExactly(changed.get());
    }

    @Test
    void forgetsTheLeastRecentlyUsedOnceAllIsWritten() {
        load(1, 2, 3, 4, 5, 6);
        RollupRow used = row(1);
        cache.written();
        assertThat(row(1)).isSameAs(used);
        assertThatIllegalStateException().isThrownBy(() -> row(2));
        assertThatIllegalStateException().isThrownBy(() -> row(3));
        List.of(4, 5, 6).forEach(n -> assertThat(row(n)).isNotNull());
    }

    /** A row that has changed since it was taken is newer than what is durable. */
    @Test
    void keepsRowsThatHaveChangedSinceTheyWereTaken() {
        load(1, 2, 3, 4, 5, 6);
        change(1);
        change(2);
        cache.takeChanged();
        RollupRow changedAgain = row(1);
        change(1);
        load(3, 4, 5, 6);
        cache.written();
        assertThat(row(1)).isSameAs(changedAgain);
        assertThatIllegalStateException().isThrownBy(() -> row(2));
    }

    @Test
    void loadingARowAgainKeepsWhatIsInMemory() {
        load(1);
        RollupRow row = row(1);
        load(1, 2);
        assertThat(row(1)).isSameAs(row);
    }

    @Test
    void isCrowdedWhenMoreThanHalfOfItIsChanged() {
        load(1, 2, 3);
        change(1);
        change(2);
        change(2);
        assertThat(cache.isCrowded()).isFalse();
        change(3);
        assertThat(cache.isCrowded()).isTrue();
        cache.takeChanged();
        assertThat(cache.isCrowded()).isFalse();
    }

    /** Duplicates look at rows and change none: they must not fill the memory. */
    @Test
    void isCrowdedWhenRowsThatWereOnlyLookedAtOverfillIt() {
        load(1, 2, 3, 4, 5);
        assertThat(cache.isCrowded()).isFalse();
        load(6);
        assertThat(cache.isCrowded()).isTrue();
        cache.written();
        assertThat(cache.isCrowded()).isFalse();
    }

    /** What was written may change again, and must be written again. */
    @Test
    void aRowThatWasWrittenCanChangeAgain() {
        load(1);
        change(1);
        cache.takeChanged();
        change(1);
        assertThat(cache.takeChanged()).containsExactly(row(1));
    }

    @Test
    void takesSomeOfTheChangedRowsAndLeavesTheOthers() {
        load(1, 2, 3);
        change(1);
        change(2);
        change(3);
        assertThat(cache.takeChanged(row -> row == row(2), 0)).containsExactly(row(2));
        change(1);
        assertThat(cache.takeChanged()).containsExactly(row(1), row(3));
    }

    /** What changed first is what a flush covers that takes the rows part by part. */
    @Test
    void takesOthersInTheOrderInWhichTheyChanged() {
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
    void asksForNoPartsOfARowThatIsNotStored() {
        CachedRow<RollupRow> day = cache.placeOf(day());
        cache.placeOf(key(1), day);
        cache.load();
        assertThat(asked).containsExactly(day());
        assertThat(row(1).rollup().isEmpty()).isTrue();
        cache.placeOf(key(2), day);
        cache.load();
        assertThat(asked).containsExactly(day());
    }

    @Test
    void asksForPartsOfARowThatIsStored() {
        stored.put(day(), RollupRow.empty(day()));
        cache.placeOf(key(1), cache.placeOf(day()));
        cache.load();
        assertThat(asked).containsExactly(day(), key(1));
    }

    @Test
    void asksForPartsThatItMayHaveForgotten() {
        cache.placeOf(key(1), cache.placeOf(day()));
        cache.load();
        cache.placeOf(key(2), cache.placeOf(day()));
        cache.load();
        cache.written();
        cache.placeOf(key(3), cache.placeOf(day()));
        cache.load();
        assertThat(asked).as("nothing has left the memory").containsExactly(day());

        load(4, 5);
        cache.placeOf(day());
        cache.written();
        asked.clear();
        cache.placeOf(key(1), cache.placeOf(day()));
        cache.load();
        assertThat(asked).containsExactly(key(1));
    }

    private void load(Integer... rows) {
        for (int row : rows) {
            cache.placeOf(key(row));
        }
        cache.load();
    }

    private RollupRow row(int row) {
        return cache.placeOf(key(row)).get();
    }

    private void change(int row) {
        CachedRow<RollupRow> place = cache.placeOf(key(row));
        place.changed(place.get().heapBytes());
    }

    private static RollupKey day() {
        return new RollupKey(Scope.DEVICE, "d", "m", new Window(Resolution.DAY, 0, 100));
    }

    private static RollupKey key(int row) {
        return new RollupKey(Scope.DEVICE, "d", "m", new Window(Resolution.HOUR, row, row + 1));
    }
}
