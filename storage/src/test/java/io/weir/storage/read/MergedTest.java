package io.weir.storage.read;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.weir.core.reading.NameOrder;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class MergedTest {

    @Test
    void mergesInOrder() {
        Random random = new Random(3);
        for (int round = 0; round < 100; round++) {
            List<List<Integer>> parts = new ArrayList<>();
            List<Integer> all = new ArrayList<>();
            for (int part = random.nextInt(5); part >= 0; part--) {
                List<Integer> sorted =
                        random.ints(random.nextInt(6), 0, 20).sorted().boxed().toList();
                parts.add(sorted);
                all.addAll(sorted);
            }
            all.sort(Comparator.naturalOrder());

            List<Iterator<Integer>> iterators =
                    parts.stream().map(List::iterator).toList();
            List<Integer> merged = new ArrayList<>();
            new Merged<>(iterators, Comparator.<Integer>naturalOrder()).forEachRemaining(merged::add);

            assertThat(merged).isEqualTo(all);
        }
    }

    @Test
    void mergesListsInTheOrderOfNames() {
        // U+FF61 is before U+1F600 in UTF-8, but after it in UTF-16.
        assertThat(merged(List.of(List.of("b", "\uFF61"), List.of(), List.of("a", "c", "\uD83D\uDE00"))))
                .toIterable()
                .containsExactly("a", "b", "c", "\uFF61", "\uD83D\uDE00");
    }

    @Test
    void readsLazily() {
        Iterator<String> endless =
                Stream.iterate(0, n -> n + 1).map(n -> String.format("%09d", n)).iterator();
        Merged<String> merged =
                new Merged<>(List.of(endless, List.of("000000001-x").iterator()), NameOrder.INSTANCE);
        assertThat(List.of(merged.next(), merged.next(), merged.next()))
                .containsExactly("000000000", "000000001", "000000001-x");
        assertThat(endless.next()).isEqualTo("000000003");
    }

    @Test
    void endsWhenAllListsEnd() {
        Merged<String> merged = merged(List.of(List.of()));
        assertThat(merged.hasNext()).isFalse();
        assertThatThrownBy(merged::next).isInstanceOf(NoSuchElementException.class);
    }

    private static Merged<String> merged(List<List<String>> lists) {
        return new Merged<>(lists.stream().map(List::iterator).toList(), NameOrder.INSTANCE);
    }
}
