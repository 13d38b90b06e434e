package io.weir.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class SpreadTest {

    @Test
    void theMedianOfAnOddNumberIsTheMiddle() {
        assertThat(of(9, 1, 4)).isEqualTo(new Spread(4, 1, 9));
    }

    @Test
    void theMedianOfAnEvenNumberIsTheMeanOfTheTwoMiddles() {
        assertThat(of(1, 2, 4, 9)).isEqualTo(new Spread(3, 1, 9));
    }

    @Test
    void oneRoundHasNoSpread() {
        assertThat(of(61_200).text("%,.0f")).isEqualTo("61,200");
    }

    @Test
    void severalRoundsShowMinimumAndMaximum() {
        assertThat(of(60_100, 61_200, 61_900).text("%,.0f")).isEqualTo("61,200 (60,100–61,900)");
    }

    @Test
    void aFigureNeedsARound() {
        assertThatIllegalArgumentException().isThrownBy(SpreadTest::of);
    }

    private static Spread of(double... rounds) {
        return Spread.of(Arrays.stream(rounds).boxed(), Double::doubleValue);
    }
}
