package io.weir.core.fold;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class FoldSimulationTest {

    private static final int SEEDS = Integer.getInteger("weir.simulation.seeds", 2_000);
    private static final long FIRST_SEED = Long.getLong("weir.simulation.seed", 0);

    @Test
    void everyHistoryEndsEqualToTheOracle() {
        long records = 0;
        long failures = 0;
        for (long seed = FIRST_SEED; seed < FIRST_SEED + SEEDS; seed++) {
            FoldSimulation simulation = new FoldSimulation(seed);
            try {
                simulation.run();
            } catch (RuntimeException | AssertionError e) {
                throw new AssertionError(
                        "seed " + seed + " fails; replay it with -Dweir.simulation.seed=" + seed
                                + " -Dweir.simulation.seeds=1",
                        e);
            }
            records += simulation.records();
            failures += simulation.failures;
        }
        assertThat(records).isGreaterThanOrEqualTo(20L * SEEDS);
        assertThat(failures).as("the simulation must fail and restart often").isGreaterThan(SEEDS);
    }
}
