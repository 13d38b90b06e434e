package io.weir.core.fold.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Tests that a ledger must wait until its rows are synced: otherwise it can survive a crash that loses them. */
class SyncTest {

    private static final int PATIENCE = 1_000;

    @Test
    void ledgersMustWaitForTheirRows() {
        long seed = 0;
        while (seed < PATIENCE && !losesRowsBelowALedger(seed)) {
            seed++;
        }
        assertThat(seed).as("lives in which no ledger survived its rows").isLessThan(PATIENCE);
    }

    private static boolean losesRowsBelowALedger(long seed) {
        try {
            new FoldSimulation(seed, Retention.SUFFICIENT, false).run();
            return false;
        } catch (Violation | IllegalStateException e) {
            return true;
        }
    }
}
