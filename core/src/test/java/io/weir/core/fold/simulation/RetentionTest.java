package io.weir.core.fold.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

/** Tests that each term of the rule of decision 0030 is needed: without it, some lives read a row that has expired. */
class RetentionTest {

    private static final int PATIENCE = 1_000;

    @ParameterizedTest
    @EnumSource(mode = Mode.EXCLUDE, names = "SUFFICIENT")
    void everyTermIsNeeded(Retention retention) {
        long seed = 0;
        while (seed < PATIENCE && !readsExpiredRow(seed, retention)) {
            seed++;
        }
        assertThat(seed).as("lives that read no expired row").isLessThan(PATIENCE);
    }

    private static boolean readsExpiredRow(long seed, Retention retention) {
        FoldSimulation life = new FoldSimulation(seed, retention, true);
        if (!life.expires()) {
            return false;
        }
        try {
            life.run();
            return false;
        } catch (Violation e) {
            return true;
        }
    }
}
