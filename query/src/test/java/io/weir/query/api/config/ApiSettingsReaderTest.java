package io.weir.query.api.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.JWSAlgorithm;
import io.weir.query.access.AccessSettings;
import io.weir.query.access.JwtSettings;
import io.weir.query.access.TlsSettings;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ApiSettingsReaderTest {

    private static final LoadSettings LOAD = new LoadSettings(
            1000,
            64,
            256,
            Duration.ofSeconds(2),
            16,
            64 << 20,
            Duration.ofSeconds(10),
            Duration.ofSeconds(10),
            16 << 10,
            20,
            50,
            500);

    @TempDir
    private Path directory;

    @Test
    void hasDefaults() {
        assertThat(ApiSettingsReader.read(null, Map.of()))
                .isEqualTo(new ApiSettings(
                        "127.0.0.1",
                        8080,
                        List.of(),
                        10_000,
                        100_000,
                        Duration.ofSeconds(30),
                        100,
                        Duration.ofSeconds(1),
                        LOAD,
                        AccessSettings.OPEN));
    }

    @Test
    void readsItsSectionAndIgnoresOthers() throws IOException {
        assertThat(
                        read(
                                "weir { kafka.topic = t, api { host = \"::1\", port = 0, cors-origins = [\"https://a.example\"],"
                                        + " max-points = 5, max-windows = 6, time-limit = 7 seconds, max-streams = 8, refresh = 9 ms } }"))
                .isEqualTo(new ApiSettings(
                        "::1",
                        0,
                        List.of("https://a.example"),
                        5,
                        6,
                        Duration.ofSeconds(7),
                        8,
                        Duration.ofMillis(9),
                        LOAD,
                        AccessSettings.OPEN));
        assertThat(read("weir.kafka.topic = t").port()).isEqualTo(8080);
    }

    @Test
    void readsTheLimits() throws IOException {
        LoadSettings load =
                read("weir.api.load { max-connections = 10, max-requests = 1, max-waiting = 0, max-wait = 2 ms,"
                                + " max-requests-per-caller = 3, answer-memory = 4 MiB, body-limit = 5 s,"
                                + " send-grace = 6 s,"
                                + " min-send-rate = 7 KiB, max-streams-per-caller = 8, max-series-per-stream = 9,"
                                + " max-stream-series = 10 }")
                        .load();
        assertThat(load)
                .isEqualTo(new LoadSettings(
                        10,
                        1,
                        0,
                        Duration.ofMillis(2),
                        3,
                        4 << 20,
                        Duration.ofSeconds(5),
                        Duration.ofSeconds(6),
                        7 << 10,
                        8,
                        9,
                        10));
        assertThatThrownBy(() -> read("weir.api.load.answer-memory = 1 KiB"))
                .hasMessage("weir.api.load.answer-memory is 1 KiB; expected a size of at least 1048576 bytes, such as"
                        + " 64 MiB");
    }

    @Test
    void readsTheAccessSettings() throws IOException {
        AccessSettings access =
                read("""
                        weir.api {
                          access {
                            authentication = "tokens, jwt"
                            jwt {
                              issuer = "https://id.example.org/"
                              audience = weir
                              keys = "https://id.example.org/keys"
                              algorithms = PS256
                              groups-claim = teams
                            }
                          }
                          tls { keystore = weir.p12, keystore-password = secret }
                        }
                        """)
                        .access();

        assertThat(access)
                .isEqualTo(new AccessSettings(
                        true,
                        new JwtSettings(
                                "https://id.example.org/",
                                "weir",
                                URI.create("https://id.example.org/keys"),
                                Set.of(JWSAlgorithm.PS256),
                                Duration.ofSeconds(60),
                                "scope",
                                "weir.read",
                                "weir.admin",
                                "teams"),
                        50,
                        200,
                        20,
                        new TlsSettings(Path.of("weir.p12"), null, "secret")));
        assertThat(access.toString()).doesNotContain("secret");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    weir.api.colour = red          | unknown setting weir.api.colour
                    weir.api.port = 65536          | weir.api.port is 65536; expected a whole number from 0 to 65535
                    weir.api.port = 80.5           | weir.api.port is 80.5; expected a whole number
                    weir.api.time-limit = 30       | weir.api.time-limit is 30; expected a positive duration
                    weir.api.refresh = 0 s         | expected a positive duration
                    weir.api.time-limit = 20001 days | expected a positive duration of at most 20000 days
                    weir.api.cors-origins = all    | expected a list of origins
                    weir.api {                     | cannot be read
                    weir.api.access.authentication = basic | authentication is basic; expected none, tokens, jwt
                    weir.api.access.authentication = "none, jwt" | authentication is none, jwt; expected
                    weir.api.access.authentication = "" | authentication is ; expected
                    weir.api.access.authentication = jwt | weir.api.access.jwt.issuer is ; expected
                    weir.api.access.jwt.secret = x | unknown setting weir.api.access.jwt.secret
                    weir.api.access { authentication = jwt, jwt { issuer = i, audience = a, keys = "http://id.example.org/" } } | https URL
                    weir.api.access { authentication = jwt, jwt { issuer = i, audience = a, keys = "https://i.example/", algorithms = "RS256, HS256" } } | algorithms is RS256, HS256; expected of ES256
                    weir.api.access { authentication = jwt, jwt { issuer = i, audience = a, keys = "https://i.example/", algorithms = none } } | algorithms is none
                    weir.api.tls.certificate = weir.crt | weir.api.tls is incomplete
                    weir.api.tls { certificate = c, key = k, keystore = s, keystore-password = p } | weir.api.tls is incomplete
                    """)
    void invalidSettingsAreReported(String text, String message) {
        assertThatThrownBy(() -> read(text))
                .isInstanceOf(SettingsException.class)
                .hasMessageContaining(message);
    }

    @Test
    void theEnvironmentOverridesTheFile() throws IOException {
        Path file = Files.writeString(
                directory.resolve("weir.conf"), "weir.api { port = 1, tls.keystore = weir.p12, cors-origins = [] }");

        ApiSettings settings = ApiSettingsReader.read(
                file,
                Map.of(
                        "WEIR_API_PORT", "2",
                        "WEIR_API_TLS_KEYSTORE_PASSWORD", "[secret",
                        "WEIR_API_CORS_ORIGINS", "[\"https://a.example\", \"https://b.example\"]",
                        "WEIR_KAFKA_TOPIC", "t"));

        assertThat(settings.port()).isEqualTo(2);
        assertThat(settings.access().tls()).isEqualTo(new TlsSettings(Path.of("weir.p12"), null, "[secret"));
        assertThat(settings.corsOrigins()).containsExactly("https://a.example", "https://b.example");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    WEIR_API_PROT         | 80                  | WEIR_API_PROT; did you mean WEIR_API_PORT?
                    WEIR_API_PORT         | eighty              | weir.api.port is eighty; expected a whole number
                    WEIR_API_CORS_ORIGINS | https://a.example   | expected a list of origins
                    WEIR_API_CORS_ORIGINS | [https://a.example  | expected a list of origins
                    """)
    void invalidVariablesAreReported(String name, String value, String message) {
        assertThatThrownBy(() -> ApiSettingsReader.read(null, Map.of(name, value)))
                .isInstanceOf(SettingsException.class)
                .hasMessageContaining(message);
    }

    private ApiSettings read(String text) throws IOException {
        return ApiSettingsReader.read(Files.writeString(directory.resolve("weir.conf"), text), Map.of());
    }
}
