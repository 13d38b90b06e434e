package io.weir.metricconsumer.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.metricconsumer.config.MetricsSettings;
import java.io.IOException;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ProcessMetersTest {

    private static final String LOOPBACK = "127.0.0.1";

    /** The driver and the executor of one process share its endpoint. */
    @Test
    void aProcessHasAtMostOneEndpoint() throws IOException {
        assertThat(ProcessMeters.serve(new MetricsSettings(null, LOOPBACK))).isEmpty();
        Optional<String> url = ProcessMeters.serve(new MetricsSettings(23_464, LOOPBACK));
        assertThat(url)
                .hasValueSatisfying(text -> assertThat(text).matches("http://127\\.0\\.0\\.1:234\\d\\d/metrics"));
        assertThat(ProcessMeters.serve(new MetricsSettings(23_464, LOOPBACK))).isEqualTo(url);
    }
}
