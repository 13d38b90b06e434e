package io.weir.benchmarks.measured;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class JvmCountersTest {

    @Test
    void theLastColumnsOfJstatAreRead() throws IOException {
        assertThat(
                        JvmCounters.collecting(
                                """
                 S0C   S1C   YGC     YGCT    FGC    FGCT     GCT
                512.0 512.0   12    0.250    1     0.100    0.350
                """))
                .isEqualTo(Duration.ofMillis(350));
    }

    @Test
    void aLiveProcessHasCounters() throws IOException, InterruptedException {
        assertThat(JvmCounters.collecting(ProcessHandle.current().pid())).isGreaterThanOrEqualTo(Duration.ZERO);
    }

    @Test
    void anEndedProcessHasNoCounters() throws IOException, InterruptedException {
        Process ended = new ProcessBuilder("true").start();
        ended.waitFor();

        assertThatThrownBy(() -> JvmCounters.collecting(ended.pid()))
                .isInstanceOf(IOException.class)
                .hasMessageContaining(Long.toString(ended.pid()));
    }
}
