package io.weir.metricconsumer.driver;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class RestartPauseTest {

    @Test
    void thePauseDoublesWithEachFailureUpToAMaximum() {
        RestartPause pause = new RestartPause();
        assertThat(Stream.generate(() -> {
                            pause.onStart();
                            return pause.next();
                        })
                        .limit(8)
                        .map(Duration::toSeconds))
                .containsExactly(0L, 1L, 2L, 4L, 8L, 16L, 30L, 30L);
    }
}
