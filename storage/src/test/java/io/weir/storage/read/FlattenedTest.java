package io.weir.storage.read;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class FlattenedTest {

    private final List<Integer> read = new ArrayList<>();

    @Test
    void skipsEmptyPartsAndReadsLazily() {
        Flattened<Integer, Integer> flattened =
                new Flattened<>(List.of(0, 2, 0, 1).iterator(), this::repeated);

        assertThat(flattened.next()).isEqualTo(2);
        assertThat(read).containsExactly(0, 2);
        assertThat(flattened.next()).isEqualTo(2);
        assertThat(flattened.next()).isEqualTo(1);
        assertThat(flattened.hasNext()).isFalse();
        assertThatThrownBy(flattened::next).isInstanceOf(NoSuchElementException.class);
    }

    @Test
    void requestsMoreAndMorePartsAhead() {
        Flattened<Integer, Integer> flattened = new Flattened<>(numbers(20), this::once, 0, 4);
        List<Integer> requested = new ArrayList<>();
        List<Integer> all = new ArrayList<>();
        while (flattened.hasNext()) {
            all.add(flattened.next());
            requested.add(read.size());
        }

        assertThat(all).containsExactlyElementsOf(() -> numbers(20));
        assertThat(requested.subList(0, 6)).containsExactly(1, 3, 6, 8, 9, 10);
        assertThat(requested.get(requested.size() - 1)).isEqualTo(20);
    }

    @Test
    void keepsTheOrderOfPartsAheadAndSkipsEmptyOnes() {
        List<Integer> sizes = List.of(1, 0, 0, 3, 0, 2, 0);
        List<Integer> all = new ArrayList<>();
        new Flattened<>(sizes.iterator(), this::repeated, 3, 3).forEachRemaining(all::add);

        assertThat(all).containsExactly(1, 3, 3, 3, 2, 2);
    }

    private static Iterator<Integer> numbers(int count) {
        return IntStream.range(0, count).iterator();
    }

    private Iterator<Integer> once(int number) {
        read.add(number);
        return List.of(number).iterator();
    }

    private Iterator<Integer> repeated(int size) {
        read.add(size);
        return Collections.nCopies(size, size).iterator();
    }
}
