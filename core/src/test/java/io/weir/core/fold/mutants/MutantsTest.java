package io.weir.core.fold.mutants;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.core.DocumentPart;
import io.weir.core.fold.simulation.Verdict;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** Tests the simulation: it must fail for every mutant of the fold. */
class MutantsTest {

    /** The number of lives in which a mutant must have been caught. */
    private static final int MAX_LIVES = 1_000;

    /** The number of lives counted for the page. */
    private static final int COUNTED_LIVES = 100;

    private static final DocumentPart PAGE = new DocumentPart("explanation/reliability.md", "mutants");
    private static final String REWRITE = "mvn -pl core test -Dtest=MutantsTest -Dweir.docs.write=true";

    private static final List<Catch> CATCHES = new ArrayList<>();

    /**
     * A caught mutant: the seed of the first life that failed, the check that failed there, and the number of failed
     * lives out of all.
     */
    private record Catch(Mutant mutant, long seed, String check, int caught, int lives) {

        String row() {
            return "| " + mutant.rule() + " | " + caught + " of " + lives + " | " + seed + " | " + check + " |";
        }
    }

    @ParameterizedTest
    @FieldSource("io.weir.core.fold.mutants.Mutants#ALL")
    void theSimulationCatchesEveryMutant(Mutant mutant, @TempDir Path directory) throws Exception {
        long seed = -1;
        String check = "";
        int caught = 0;
        int lives = 0;
        try (MutantEngine engine = new MutantEngine(mutant, directory)) {
            while (caught == 0 ? lives < MAX_LIVES : DocumentPart.WRITE && lives < COUNTED_LIVES) {
                String verdict = engine.simulate(lives);
                if (!verdict.startsWith(Verdict.PASSED) && caught++ == 0) {
                    seed = lives;
                    check = verdict;
                }
                lives++;
            }
        }
        assertThat(caught).as("lives that failed, of %d", lives).isPositive();
        CATCHES.add(new Catch(mutant, seed, check, caught, lives));
    }

    /**
     * Checks that the unchanged fold passes when it is compiled and loaded like a mutant: nothing but the mutation
     * makes mutants fail.
     */
    @Test
    void theUnchangedFoldPasses(@TempDir Path directory) throws Exception {
        String snippet = "public final class DecidingFold extends ClosingFold {";
        try (MutantEngine engine =
                new MutantEngine(new Mutant("None", "engine/DecidingFold.java", snippet, snippet), directory)) {
            for (long seed = 0; seed < 20; seed++) {
                assertThat(engine.simulate(seed))
                        .isEqualTo(new Verdict().apply(seed))
                        .startsWith(Verdict.PASSED);
            }
        }
    }

    @Test
    @DisabledIfSystemProperty(named = "weir.docs.write", matches = "true", disabledReason = "it is being written")
    void thePageListsEveryRule() throws IOException {
        List<String> rules = Mutants.ALL.stream().map(Mutant::rule).toList();
        assertThat(PAGE.read()
                        .lines()
                        .filter(line -> line.startsWith("| "))
                        .skip(1)
                        .map(line -> line.split(" \\| ")[0].substring(2)))
                .as("docs/explanation/reliability.md is stale; rewrite it with: " + REWRITE)
                .containsExactlyElementsOf(rules);
    }

    @AfterAll
    static void show() throws IOException {
        StringBuilder table = new StringBuilder(
                "| Rule that was dropped | Lives that failed | First seed | Caught by |\n|---|---|---|---|\n");
        CATCHES.forEach(entry -> table.append(entry.row()).append('\n'));
        System.out.print(table);
        if (DocumentPart.WRITE && CATCHES.size() == Mutants.ALL.size()) {
            PAGE.write(REWRITE, "The seeds are 0 to " + (COUNTED_LIVES - 1) + ".\n\n" + table);
        }
    }
}
