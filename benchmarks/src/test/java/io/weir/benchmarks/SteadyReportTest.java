package io.weir.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.benchmarks.latency.Latencies;
import io.weir.benchmarks.measured.Verdict;
import io.weir.benchmarks.steady.FleetLoad;
import io.weir.benchmarks.steady.LagSample;
import io.weir.benchmarks.steady.PartFigures;
import io.weir.benchmarks.steady.ReportingFleet;
import io.weir.benchmarks.steady.SteadyResult;
import io.weir.benchmarks.steady.Trend;
import io.weir.benchmarks.variant.Variant;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class SteadyReportTest {

    private static final FleetLoad LOAD =
            new FleetLoad(ReportingFleet.CITY, 1, Duration.ofSeconds(60), Duration.ofSeconds(100), 0);
    private static final Verdict RIGHT = Verdict.right("0 differences", 2_000_000);

    @Test
    void aSustainedRunShowsItsCost() {
        assertThat(markdown(false, SteadyOutcome.of(run(1, 1, 10, 0, 0, RIGHT))))
                .contains("Fleet city: 100,000 devices, each 1 metric in one record every 10 s. ")
                .contains(" 10,000 readings/s (factor 1)")
                .contains("| fused | yes | 10.0 | 5.0 | 12,000 | 20,000 | 1.2 | 2.0 | right: 0 differences |")
                .contains("| fused | 2 | 100 | 300 | 300 | 200 | 400 | 400 |")
                .contains("| fused | 50.0 | 40.0 | 2.0 | 3.0 | 1.0 | 7.5 | 1,024 | 1,536 | 300 | 25.0 | 6.0 | 1500.0 |"
                        + " 60.0 | 15.0 |");
    }

    @Test
    void aLagThatGrowsIsNotSustained() {
        assertThat(markdown(false, SteadyOutcome.of(run(1, 1, 101, 0, 0, RIGHT))))
                .contains("| fused | no: the lag grows |");
    }

    @Test
    void aRestartedPipelineIsNotSustained() {
        assertThat(markdown(false, SteadyOutcome.of(run(1, 1, 0, 0, 2, RIGHT))))
                .contains("| fused | no: the pipeline was restarted 2 times |");
    }

    @Test
    void aFleetBelowItsRateMakesTheRunVoid() {
        String markdown = markdown(false, SteadyOutcome.of(run(1, 1, 0, 0.02, 0, RIGHT)));

        assertThat(markdown)
                .contains("| fused | **void**: 2.0 % of the records were sent over a second late |")
                .doesNotContain("| Variant | Samples |");
    }

    @Test
    void aWrongRunHasNoFigures() {
        SteadyOutcome wrong = SteadyOutcome.of(run(1, 1, 0, 0, 0, Verdict.wrong("received 9, expected 10", 0)));

        assertThat(wrong.isSustained()).isFalse();
        assertThat(markdown(false, wrong))
                .contains("| fused | **wrong**: received 9, expected 10 |")
                .doesNotContain("CPU s per million");
    }

    @Test
    void aSearchShowsTheHighestRateOfEachRound() {
        String markdown = new SteadyReport(
                        LOAD,
                        "1024 MiB",
                        0.01,
                        true,
                        List.of(Variant.FUSED, Variant.CEILING),
                        List.of(
                                SteadyOutcome.of(run(1, 1, 0, 0, 0, RIGHT)),
                                SteadyOutcome.of(run(1, 2, 500, 0, 0, RIGHT)),
                                SteadyOutcome.of(run(1, 1.5, 0, 0, 0, RIGHT)),
                                SteadyOutcome.of(of(Variant.CEILING, 1, 3, 0, 0, 0, RIGHT)),
                                SteadyOutcome.failed(Variant.CEILING, 1, 6, "ceiling has ended")))
                .markdown();

        assertThat(markdown)
                .contains("| fused | 1.50 | 15,000 |  |")
                .contains("| ceiling | 3.00 | 30,000 | 0.50 |")
                .contains("| fused | 1 | 2.00 | 20,000 | no: the lag grows |")
                .contains("| ceiling | 1 | 6.00 | 60,000 | **not measured**: ceiling has ended |");
    }

    @Test
    void aSearchWithoutAResultIsReported() {
        assertThat(markdown(true, SteadyOutcome.of(run(1, 1, 500, 0, 0, RIGHT))))
                .contains("| fused | none | | |")
                .contains("| fused | no |");
    }

    private static String markdown(boolean search, SteadyOutcome... outcomes) {
        return new SteadyReport(LOAD, "1024 MiB", 0.01, search, List.of(Variant.FUSED), List.of(outcomes)).markdown();
    }

    private static SteadyResult run(
            int round, double factor, double slope, double late, int restarts, Verdict verdict) {
        return of(Variant.FUSED, round, factor, slope, late, restarts, verdict);
    }

    private static SteadyResult of(
            Variant variant, int round, double factor, double slope, double late, int restarts, Verdict verdict) {
        return new SteadyResult(
                variant,
                LOAD.withFactor(factor),
                round,
                1_000_000,
                List.of(new LagSample(1, 10, 20)),
                new Trend(slope, 100),
                new Trend(5, 100),
                12_000,
                20_000,
                latencies(100, 300),
                latencies(200, 400),
                new PartFigures(2, 300 << 20),
                new PartFigures(40, 1536L << 20),
                new PartFigures(50, 1024L << 20),
                3,
                1,
                0.075,
                new SteadyResult.Requests(25_000, 6_000, 1_500_000),
                new SteadyResult.Disk(96_000_000, 24_000_000, 1_600_000),
                late,
                0,
                restarts,
                verdict);
    }

    private static Latencies latencies(long... millis) {
        Latencies latencies = new Latencies();
        for (long each : millis) {
            latencies.record(each * 1_000_000);
        }
        return latencies;
    }
}
