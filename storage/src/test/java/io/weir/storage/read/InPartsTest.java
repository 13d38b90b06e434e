package io.weir.storage.read;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class InPartsTest {

    private static final int MAX_VALUES = 100;

    @Test
    void splitsLongLists() {
        List<List<Integer>> parts = new ArrayList<>();
        InParts.of(numbers(201), parts::add);
        assertThat(parts).extracting(List::size).containsExactly(100, 100, 1);
        assertThat(parts).flatMap(part -> part).containsExactlyElementsOf(numbers(201));
    }

    @ParameterizedTest
    @CsvSource({"1, 1", "1, 250", "250, 1", "7, 24", "120, 101", "1000, 40"})
    void coversEveryPairOnceInSmallParts(int some, int others) {
        List<String> pairs = new ArrayList<>();
        InParts.of(numbers(some), numbers(others), (partOfSome, partOfOthers) -> {
            assertThat(partOfSome.size() * partOfOthers.size()).isBetween(1, MAX_VALUES);
            partOfSome.forEach(one -> partOfOthers.forEach(other -> pairs.add(one + " " + other)));
        });
        assertThat(pairs).hasSize(some * others).doesNotHaveDuplicates();
    }

    private static List<Integer> numbers(int count) {
        return IntStream.range(0, count).boxed().toList();
    }
}
