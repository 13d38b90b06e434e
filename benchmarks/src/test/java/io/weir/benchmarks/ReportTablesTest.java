package io.weir.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.benchmarks.measured.Verdict;
import io.weir.benchmarks.variant.Variant;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class ReportTablesTest {

    private static final Verdict RIGHT = Verdict.right("0 differences", 4_000_000);

    @Test
    void aVariantShowsTheMedianOfItsValidRounds() {
        String tables = tables(
                Runs.of(0, Variant.FUSED, 100, RIGHT),
                Runs.of(1, Variant.FUSED, 10, RIGHT),
                Runs.of(2, Variant.FUSED, 25, RIGHT),
                Runs.of(3, Variant.FUSED, 20, RIGHT));

        assertThat(tables)
                .contains("| fused | 100,000 (80,000–200,000) | 5.0 | 3.0 | 1.0 | 512 | 1,024 | 40.0 | 4,000,000"
                        + " | right: 0 differences |")
                .contains("over the rounds that count, which are 3.")
                .contains("Round 0, which does not count, in readings/s: fused 20,000.");
    }

    @Test
    void variantsAreComparedRoundByRound() {
        String tables = tables(
                Runs.of(1, Variant.FUSED, 10, RIGHT),
                Runs.of(1, Variant.CEILING, 5, RIGHT),
                Runs.of(2, Variant.FUSED, 40, RIGHT),
                Runs.of(2, Variant.CEILING, 10, RIGHT));

        assertThat(tables).contains("| fused | ceiling | 0.38 (0.25–0.50) |");
    }

    @Test
    void aFastVariantWithWrongRowsIsWrong() {
        String tables = tables(
                Runs.of(1, Variant.FUSED, 1, RIGHT),
                Runs.of(2, Variant.FUSED, 1, Verdict.wrong("7 differences", 4_000_000)));

        assertThat(tables).contains("| **wrong**: 7 differences |").contains("- fused, round 2: 7 differences");
    }

    @Test
    void aVariantThatDidNotEndHasNoFigures() {
        String tables = tables(
                Runs.of(1, Variant.FUSED, 1, RIGHT),
                new Run(1, Variant.CEILING, null, Verdict.wrong("not done within 60 s", 0)));

        assertThat(tables)
                .contains("| ceiling | | | | | | | | | **wrong**: not done within 60 s |")
                .doesNotContain("| fused | ceiling |");
    }

    private static String tables(Run... runs) {
        Workload workload = new Workload(2_000_000, 100_000, 200, 4, 4, 10, 0.01, 0.01, 1);
        Machine machine = new Machine(2, "a processor", 8L << 30, "Linux", "17");
        Report report = new Report(
                Instant.parse("2026-11-22T00:00:00Z"),
                "./weir bench",
                machine,
                "Spark 4",
                workload,
                "1g",
                List.of(Variant.FUSED, Variant.CEILING),
                List.of(runs));
        return new ReportTables(report).markdown();
    }
}
