package io.weir.storage.read;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Random;
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
}
