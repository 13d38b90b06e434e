package io.weir.metricconsumer.driver;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class RestartPauseTest {

    private long now = Long.MAX_VALUE - 5; // as System.nanoTime may overflow
    private final RestartPause pause = new RestartPause(() -> now);

    @Test
    void thePauseDoublesWithEachFailureUpToAMaximum() {
        assertThat(Stream.generate(() -> {
                            pause.onStart();
                            return pause.next();
                        })
                        .limit(8)
                        .map(Duration::toSeconds))
                .containsExactly(0L, 1L, 2L, 4L, 8L, 16L, 30L, 30L);
    }

    @Test
    void aRunOfAMinuteResetsThePause() {
        failAfter(Duration.ZERO);
        failAfter(Duration.ZERO);
        assertThat(failAfter(Duration.ofSeconds(59))).isEqualTo(Duration.ofSeconds(2));
        assertThat(failAfter(Duration.ofSeconds(60))).isZero();
        assertThat(failAfter(Duration.ZERO)).isEqualTo(Duration.ofSeconds(1));
    }

    private Duration failAfter(Duration run) {
        pause.onStart();
        now += run.toNanos();
        return pause.next();
    }
}
