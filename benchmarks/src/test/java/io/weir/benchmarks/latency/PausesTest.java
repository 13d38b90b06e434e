package io.weir.benchmarks.latency;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PausesTest {

    private static final long BEGAN = 7_000_000_000_000L;

    private final Pauses pauses = new Pauses(BEGAN, Duration.ofSeconds(10), Duration.ofSeconds(1));

    /** In milliseconds. The last second of every ten is silent. */
    @ParameterizedTest
    @CsvSource({
        "0, 5000, 5000",
        "0, 9000, 9000",
        "0, 10000, 9000",
        "0, 15000, 14000",
        "0, 60000, 54000",
        "200, 15200, 14000",
        "9200, 9800, 0",
        "8500, 10500, 1000"
    })
    void theRestOfTheTimeIsSending(long from, long to, long sending) {
        assertThat(pauses.sendingNanos(BEGAN + nanos(from), BEGAN + nanos(to))).isEqualTo(nanos(sending));
    }

    private static long nanos(long millis) {
        return Duration.ofMillis(millis).toNanos();
    }
}
