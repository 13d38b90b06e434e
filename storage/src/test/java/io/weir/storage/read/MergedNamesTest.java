package io.weir.storage.read;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class MergedNamesTest {

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
        MergedNames merged =
                new MergedNames(List.of(endless, List.of("000000001-x").iterator()));
        assertThat(List.of(merged.next(), merged.next(), merged.next()))
                .containsExactly("000000000", "000000001", "000000001-x");
        assertThat(endless.next()).isEqualTo("000000003");
    }

    @Test
    void endsWhenAllListsEnd() {
        MergedNames merged = merged(List.of(List.of()));
        assertThat(merged.hasNext()).isFalse();
        assertThatThrownBy(merged::next).isInstanceOf(NoSuchElementException.class);
    }

    private static MergedNames merged(List<List<String>> lists) {
        return new MergedNames(lists.stream().map(List::iterator).toList());
    }
}
