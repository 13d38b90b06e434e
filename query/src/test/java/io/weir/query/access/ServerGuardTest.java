package io.weir.query.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ServerGuardTest {

    @ParameterizedTest
    @ValueSource(strings = {"0.0.0.0", "::", "10.0.0.5", "192.0.2.1"})
    void openAccessNeedsALoopbackAddress(String host) {
        assertThatCode(() -> ServerGuard.of(host, 8080, false, null, List.of())).doesNotThrowAnyException();
        assertThatThrownBy(() -> ServerGuard.of(host, 8080, true, null, List.of()))
                .isInstanceOf(UnsafeServerException.class)
                .hasMessageContaining("would listen on " + host)
                .hasMessageContaining("weir.api.access.authentication")
                .hasMessageContaining("weir.api.host to 127.0.0.1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "127.8.0.1", "localhost", "::1"})
    void openAccessIsAllowedOnLoopback(String host) {
        assertThatCode(() -> ServerGuard.of(host, 8080, true, null, List.of())).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @CsvSource({
        "127.0.0.1:8080, true",
        "localhost:8080, true",
        "[::1]:8080, true",
        "127.0.0.1, false",
        "localhost:8081, false",
        "localhost.evil.example:8080, false",
        "evil.example:8080, false",
        "127.0.0.1.evil.example:8080, false",
        "127.0.0.1:8080@evil.example, false",
        "evil.example:80:8080, false",
        "0.0.0.0:8080, false",
        ":8080, false",
        ", false"
    })
    void acceptsTheNamesOfThisMachine(String host, boolean known) {
        assertThat(HostCheck.isThisMachine(host, 8080, false)).isEqualTo(known);
    }

    @Test
    void theDefaultPortMayBeOmitted() {
        assertThat(HostCheck.isThisMachine("localhost", 80, false)).isTrue();
        assertThat(HostCheck.isThisMachine("localhost", 443, true)).isTrue();
        assertThat(HostCheck.isThisMachine("localhost", 443, false)).isFalse();
    }
}
