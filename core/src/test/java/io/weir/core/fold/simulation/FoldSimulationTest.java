package io.weir.core.fold.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.core.DocumentPart;
import java.io.IOException;
import org.junit.jupiter.api.Test;

/**
 * {@code -Dweir.simulation.seed=N} simulates one life; with {@code -Dweir.simulation.seeds=M}, M lives from seed N on.
 */
class FoldSimulationTest {

    private static final int LIVES = 2_000;
    private static final int RECORDS = 1_000_000;

    private static final DocumentPart PAGE = new DocumentPart("explanation/reliability.md", "simulation");
    private static final String REWRITE = "mvn -pl core test -Dtest=FoldSimulationTest -Dweir.docs.write=true";

    @Test
    void everyLifeIsExactAtEveryWriteAndRest() throws IOException {
        Long seed = Long.getLong("weir.simulation.seed");
        if (seed != null) {
            simulate(seed, Integer.getInteger("weir.simulation.seeds", 1));
            return;
        }
        Census census = simulate(0, LIVES);
        assertThat(census.missing()).as("events that never happened").isEmpty();
        assertThat(census.of(Event.RECORD)).isGreaterThanOrEqualTo(RECORDS);
        assertThat(census.of(Event.CRASH)).isGreaterThanOrEqualTo(LIVES);
        if (DocumentPart.WRITE) {
            PAGE.write(REWRITE, String.format("The seeds are 0 to %d.\n\n```\n%s\n```\n", LIVES - 1, census));
        }
    }

    private static Census simulate(long first, int lives) {
        Census total = new Census();
        for (long seed = first; seed < first + lives; seed++) {
            total.addAll(FoldSimulation.simulate(seed));
        }
        System.out.printf("%,d lives, from seed %d on:%n%s%n", lives, first, total);
        return total;
    }
}
