package io.weir.metricconsumer;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class CloseConditionsTest {

    @Test
    void allMustBeMet() {
        assertThat(conditions(false, true, true, true)).isTrue();
        assertThat(conditions(true, true, true, true)).as("Real-Time Mode").isFalse();
        assertThat(conditions(false, false, true, true)).as("a batch under way").isFalse();
        assertThat(conditions(false, true, false, true)).as("a query behind").isFalse();
        assertThat(conditions(false, true, true, false)).as("an earlier run").isFalse();
    }

    @Test
    void ledgersThatFollowMayMeetThem() {
        assertThat(new CloseConditions(false, () -> true, () -> false, () -> false).mayBeMet())
                .isTrue();
        assertThat(new CloseConditions(true, () -> true, () -> true, () -> true).mayBeMet())
                .isFalse();
        assertThat(new CloseConditions(false, () -> false, () -> true, () -> true).mayBeMet())
                .isFalse();
    }

    private static boolean conditions(boolean realTime, boolean settled, boolean caughtUp, boolean accounted) {
        return new CloseConditions(realTime, () -> settled, () -> caughtUp, () -> accounted).areMet();
    }
}
