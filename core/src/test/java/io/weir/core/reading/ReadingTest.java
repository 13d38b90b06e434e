package io.weir.core.reading;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReadingTest {

    @Test
    void zeroAndNegativeZeroAreEqual() {
        Reading negative = new Reading("d", "g", "m", 0, -0.0);
        assertThat(negative).isEqualTo(new Reading("d", "g", "m", 0, 0.0));
        assertThat(Double.doubleToRawLongBits(negative.value())).isZero();
    }

    @ParameterizedTest
    @ValueSource(doubles = {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY})
    void rejectsValuesThatAreNotFinite(double value) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Reading("d", "g", "m", 0, value))
                .withMessageContaining("must be finite, found " + value);
    }

    @Test
    void groupIsNotPartOfTheIdentity() {
        assertThat(new Reading("d", "g1", "m", 5, 1).key())
                .isEqualTo(new Reading("d", "g2", "m", 5, 2).key())
                .isNotEqualTo(new Reading("d", "g1", "m", 6, 1).key())
                .isNotEqualTo(new Reading("d", "g1", "n", 5, 1).key())
                .isNotEqualTo(new Reading("e", "g1", "m", 5, 1).key());
    }
}
