package io.weir.benchmarks.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.weir.benchmarks.measured.NotMeasuredException;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WrkResultTest {

    private static final String LINE = "paths.lua requests=6480 micros=30021547 connect=0 read=0 write=0 timeout=0"
            + " status=0 p50=36512 p99=68204 max=141760";

    private static final String OUTPUT =
            """
            Running 30s test @ http://127.0.0.1:43211
              2 threads and 8 connections
              Thread Stats   Avg      Stdev     Max   +/- Stdev
                Latency    37.04ms    9.86ms 141.76ms   78.13%%
                Req/Sec   108.35     15.22   151.00     66.50%%
              6480 requests in 30.02s, 391.24MB read
            Requests/sec:    215.85
            Transfer/sec:     13.03MB
            %s
            """;

    @Test
    void theScriptsLineIsFoundInTheOutputOfWrk() {
        WrkResult result = WrkResult.parse(output(LINE));

        assertThat(result).isEqualTo(new WrkResult(6480, Duration.ofNanos(30_021_547_000L), 36_512, 68_204, 141_760));
        assertThat(result.requestsPerSecond()).isBetween(215.84, 215.85);
    }

    @ParameterizedTest
    @ValueSource(strings = {"connect", "read", "write", "timeout", "status"})
    void oneFailedRequestInvalidatesTheRun(String failure) {
        String line = LINE.replace(failure + "=0", failure + "=1");

        assertThatExceptionOfType(NotMeasuredException.class)
                .isThrownBy(() -> WrkResult.parse(output(line)))
                .withMessageContaining("some requests failed")
                .withMessageContaining(failure + "=1");
    }

    @Test
    void aRunWithoutAnswersHasNoFigures() {
        assertThatExceptionOfType(NotMeasuredException.class)
                .isThrownBy(() -> WrkResult.parse(output(LINE.replace("requests=6480", "requests=0"))))
                .withMessageContaining("no request was answered");
    }

    @Test
    void withoutTheLineThereAreNoFigures() {
        assertThatExceptionOfType(NotMeasuredException.class)
                .isThrownBy(() -> WrkResult.parse(output("PANIC: unprotected error in call to Lua API")))
                .withMessageContaining("expected one line")
                .withMessageContaining("PANIC: unprotected error");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "p99=68204",
                "p99=-68204",
                "p99=6.8e+04",
                "p99=nan",
                "p99=68204 p999=70000",
            })
    void aLineOfAnotherFormIsRefused(String figure) {
        String line = figure.equals("p99=68204") ? LINE + "\n" + LINE : LINE.replace("p99=68204", figure);

        assertThatExceptionOfType(NotMeasuredException.class).isThrownBy(() -> WrkResult.parse(output(line)));
    }

    private static String output(String line) {
        return String.format(OUTPUT, line);
    }
}
