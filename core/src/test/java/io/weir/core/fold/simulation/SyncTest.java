package io.weir.core.fold.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** A ledger that does not wait until the rows beneath it are synced can outlive them. */
class SyncTest {

    private static final int PATIENCE = 1_000;

    @Test
    void aLedgerHasToWaitForItsRows() {
        long seed = 0;
        while (seed < PATIENCE && !losesRowsBelowALedger(seed)) {
            seed++;
        }
        assertThat(seed).as("lives without a ledger that has outlived its rows").isLessThan(PATIENCE);
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
