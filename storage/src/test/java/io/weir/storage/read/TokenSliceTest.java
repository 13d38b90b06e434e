package io.weir.storage.read;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TokenSliceTest {

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 32, 1000})
    void slicesCoverTheWholeRing(int slices) {
        List<TokenSlice> ring = TokenSlice.ring(slices);

        assertThat(ring).hasSize(slices);
        long after = Long.MIN_VALUE;
        for (TokenSlice slice : ring) {
            assertThat(slice.after()).isEqualTo(after);
            assertThat(slice.through()).isGreaterThan(after);
            after = slice.through();
        }
        assertThat(after).isEqualTo(Long.MAX_VALUE);
    }
}
