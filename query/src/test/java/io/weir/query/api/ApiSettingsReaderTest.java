package io.weir.query.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ApiSettingsReaderTest {

    @TempDir
    private Path directory;

    @Test
    void hasDefaults() {
        assertThat(ApiSettingsReader.read(null))
                .isEqualTo(new ApiSettings(
                        "127.0.0.1",
                        8080,
                        List.of(),
                        10_000,
                        100_000,
                        Duration.ofSeconds(30),
                        100,
                        Duration.ofSeconds(1)));
    }

    @Test
    void readsItsSectionAndLeavesOthersAlone() throws IOException {
        assertThat(
                        read(
                                "weir { kafka.topic = t, api { host = \"::1\", port = 0, cors-origins = [\"https://a.example\"],"
                                        + " max-points = 5, max-windows = 6, time-limit = 7 seconds, max-streams = 8, refresh = 9 ms } }"))
                .isEqualTo(new ApiSettings(
                        "::1", 0, List.of("https://a.example"), 5, 6, Duration.ofSeconds(7), 8, Duration.ofMillis(9)));
        assertThat(read("weir.kafka.topic = t").port()).isEqualTo(8080);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    weir.api.colour = red          | unknown setting weir.api.colour
                    weir.api.port = 65536          | weir.api.port is 65536; expected a whole number from 0 to 65535
                    weir.api.port = 80.5           | weir.api.port is 80.5; expected a whole number
                    weir.api.time-limit = 30       | weir.api.time-limit is 30; expected a positive duration with its unit
                    weir.api.refresh = 0 s         | expected a positive duration
                    weir.api.cors-origins = all    | expected a list of origins
                    weir.api {                     | cannot be read
                    """)
    void whatIsWrongIsNamed(String text, String message) {
        assertThatThrownBy(() -> read(text))
                .isInstanceOf(ApiSettingsException.class)
                .hasMessageContaining(message);
    }

    private ApiSettings read(String text) throws IOException {
        return ApiSettingsReader.read(Files.writeString(directory.resolve("weir.conf"), text));
    }
}
