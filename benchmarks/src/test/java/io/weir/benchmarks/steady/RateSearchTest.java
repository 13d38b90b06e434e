package io.weir.benchmarks.steady;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class RateSearchTest {

    @Test
    void itDoublesUntilARateIsNotSustainedAndThenBisects() {
        RateSearch search = new RateSearch(1, 0.1);

        assertThat(tries(search, 5.3)).containsExactly(1.0, 2.0, 4.0, 8.0, 6.0, 5.0, 5.5);
        assertThat(search.highest()).isEqualTo(5.0);
    }

    @Test
    void itHalvesIfTheFirstRateIsNotSustained() {
        RateSearch search = new RateSearch(1, 0.1);

        assertThat(tries(search, 0.3)).startsWith(1.0, 0.5, 0.25, 0.375);
        assertThat(search.highest()).isLessThanOrEqualTo(0.3).isCloseTo(0.3, within(0.03));
    }

    @Test
    void itFindsAnyHighestRate() {
        for (double highest = 0.05; highest < 60; highest *= 1.37) {
            RateSearch search = new RateSearch(1, 0.05);

            assertThat(tries(search, highest)).hasSizeLessThan(20);
            assertThat(search.highest()).isLessThanOrEqualTo(highest).isGreaterThanOrEqualTo(highest / 1.0501);
        }
    }

    @Test
    void itGivesUpIfNoRateIsSustained() {
        RateSearch search = new RateSearch(1, 0.1);

        assertThat(tries(search, 0)).hasSizeLessThan(15);
        assertThat(search.highest()).isZero();
    }

    @Test
    void itGivesUpIfEveryRateIsSustained() {
        RateSearch search = new RateSearch(1, 0.1);

        assertThat(tries(search, Double.POSITIVE_INFINITY)).hasSizeLessThan(15);
        assertThat(search.highest()).isEqualTo(1024);
    }

    private static List<Double> tries(RateSearch search, double highest) {
        List<Double> tries = new ArrayList<>();
        for (OptionalDouble next = search.next(); next.isPresent(); next = search.next()) {
            tries.add(next.getAsDouble());
            search.tried(next.getAsDouble(), next.getAsDouble() <= highest);
        }
        return tries;
    }
}
