package io.weir.metricconsumer.run;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class CloseConditionsTest {

    @Test
    void aRunMayBeClosedOnlyIfAllConditionsAreMet() {
        assertThat(conditions(false, true, true, true)).isTrue();
        assertThat(conditions(true, true, true, true)).as("Real-Time Mode").isFalse();
        assertThat(conditions(false, false, true, true))
                .as("a batch in progress")
                .isFalse();
        assertThat(conditions(false, true, false, true)).as("a follower behind").isFalse();
        assertThat(conditions(false, true, true, false))
                .as("ledgers behind an earlier run")
                .isFalse();
    }

    @Test
    void aFlushCanMeetAllConditionsButModeAndCommittedBatches() {
        assertThat(new CloseConditions(false, () -> true, () -> false, () -> false).canBeMet())
                .isTrue();
        assertThat(new CloseConditions(true, () -> true, () -> true, () -> true).canBeMet())
                .isFalse();
        assertThat(new CloseConditions(false, () -> false, () -> true, () -> true).canBeMet())
                .isFalse();
    }

    private static boolean conditions(
            boolean realTime, boolean batchesCommitted, boolean caughtUp, boolean ledgersComplete) {
        return new CloseConditions(realTime, () -> batchesCommitted, () -> caughtUp, () -> ledgersComplete).areMet();
    }
}
