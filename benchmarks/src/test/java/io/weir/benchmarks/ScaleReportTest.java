package io.weir.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.benchmarks.measured.Verdict;
import io.weir.benchmarks.variant.Variant;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ScaleReportTest {

    private static final Workload WORKLOAD = new Workload(1_000_000, 100_000, 1000, 10, 4, 10, 0, 0, 1);
    private static final Verdict RIGHT = Verdict.right("0 differences", 2_000_000);
    private static final Verdict WRONG = Verdict.wrong("7 differences", 2_000_000);

    @Test
    void aSizeShowsItsSpeedRelativeToTheCeiling() {
        ScaleReport.Size size = size(RIGHT, 20, RIGHT);

        assertThat(size.row()).isEqualTo("| 1k | 50,000 | 0.50 | 10.0 | 6.0 | 512 | right |");
        assertThat(size.isRight()).isTrue();
    }

    @Test
    void aFastVariantWithWrongRowsIsWrong() {
        ScaleReport.Size size = size(WRONG, 1, RIGHT);

        assertThat(size.row()).endsWith("| **wrong**: 7 differences |");
        assertThat(size.isRight()).isFalse();
    }

    @Test
    void aWrongCeilingDoesNotMarkThePipelineAsWrong() {
        ScaleReport.Size size = size(RIGHT, 20, WRONG);

        assertThat(size.row()).endsWith("| right; the ceiling is **wrong**: 7 differences |");
        assertThat(size.isRight()).isFalse();
    }

    @Test
    void aVariantThatDidNotEndHasNoFigures() {
        Run ended = Runs.of(1, Variant.CEILING, 10, RIGHT);
        Run failed = new Run(1, Variant.FUSED, null, Verdict.wrong("not done within 60 s", 0));
        ScaleReport.Size size = new ScaleReport.Size(point(), failed, ended);

        assertThat(size.row()).isEqualTo("| 1k | | | | | | **not done within 60 s** |");
    }

    private static ScaleReport.Size size(Verdict weir, double seconds, Verdict ceiling) {
        return new ScaleReport.Size(
                point(), Runs.of(1, Variant.FUSED, seconds, weir), Runs.of(1, Variant.CEILING, 10, ceiling));
    }

    private static Sweep.Point point() {
        return new Sweep.Point("1k", WORKLOAD, Map.of());
    }
}
