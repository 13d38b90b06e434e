package io.weir.core.fold;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.weir.core.rollup.Resolution;
import io.weir.core.rollup.RollupKey;
import io.weir.core.rollup.Scope;
import io.weir.core.rollup.Window;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What the cache keeps and what it forgets. That nothing is lost by it, the simulation shows. */
class RowCacheTest {

    private static final int CAPACITY = 4;

    private final RowCache<RollupRow> cache = new RowCache<>(missing -> Map.of(), RollupRow::empty, CAPACITY);

    @Test
    void changedRowsAreNeverForgotten() {
        load(1, 2, 3, 4, 5, 6);
        cache.changed(cache.get(key(1)));
        load(7, 8, 9);
        assertThat(cache.changedRows()).containsExactly(cache.get(key(1)));
    }

    @Test
    void forgetsTheLeastRecentlyUsedOnceAllIsWritten() {
        load(1, 2, 3, 4, 5, 6);
        RollupRow used = cache.get(key(1));
        cache.written();
        assertThat(cache.changedRows()).isEmpty();
        assertThat(cache.get(key(1))).isSameAs(used);
        assertThatIllegalStateException().isThrownBy(() -> cache.get(key(2)));
        assertThatIllegalStateException().isThrownBy(() -> cache.get(key(3)));
        List.of(4, 5, 6).forEach(n -> assertThat(cache.get(key(n))).isNotNull());
    }

    @Test
    void loadingARowAgainKeepsWhatIsInMemory() {
        load(1);
        RollupRow row = cache.get(key(1));
        load(1, 2);
        assertThat(cache.get(key(1))).isSameAs(row);
    }

    @Test
    void isCrowdedWhenMoreThanHalfOfItIsChanged() {
        load(1, 2, 3);
        cache.changed(cache.get(key(1)));
        cache.changed(cache.get(key(2)));
        cache.changed(cache.get(key(2)));
        assertThat(cache.isCrowded()).isFalse();
        cache.changed(cache.get(key(3)));
        assertThat(cache.isCrowded()).isTrue();
        cache.written();
        assertThat(cache.isCrowded()).isFalse();
    }

    /** Duplicates look at rows and change none: they must not fill the memory. */
    @Test
    void isCrowdedWhenRowsThatWereOnlyLookedAtOverfillIt() {
        load(1, 2, 3, 4, 5, 6, 7, 8, 9);
        assertThat(cache.isCrowded()).isFalse();
        load(10);
        assertThat(cache.isCrowded()).isTrue();
        cache.written();
        assertThat(cache.isCrowded()).isFalse();
    }

    private void load(Integer... rows) {
        cache.load(List.of(rows).stream().map(RowCacheTest::key).toList());
    }

    private static RollupKey key(int row) {
        return new RollupKey(Scope.DEVICE, "d", "m", new Window(Resolution.HOUR, row, row + 1));
    }
}
