package io.weir.storage.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.weir.storage.session.CassandraSettings.Credentials;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class CassandraConnectionTest {

    @Test
    void explainsInOneLineThatNoNodeAnswers() throws IOException {
        int port = closedPort();

        assertThatThrownBy(() -> CassandraConnection.open(settings("127.0.0.1", port)))
                .isInstanceOf(CassandraUnavailableException.class)
                .hasMessageStartingWith("no Cassandra answers at 127.0.0.1:" + port + " (")
                .hasMessageContaining("Connection refused")
                .hasMessageEndingWith("): start it, or correct the contact points")
                .satisfies(e -> assertThat(e.getMessage()).hasLineCount(1));
    }

    @Test
    void explainsThatAHostIsUnknown() {
        assertThatThrownBy(() -> CassandraConnection.open(settings("cassandra.invalid", 9042)))
                .isInstanceOf(CassandraUnavailableException.class)
                .hasMessage("no Cassandra answers at cassandra.invalid:9042 (unknown host):"
                        + " start it, or correct the contact points");
    }

    @Test
    void passwordsAreNeverPrinted() {
        assertThat(new Credentials("weir", "secret").toString())
                .contains("weir")
                .doesNotContain("secret");
    }

    @Test
    void refusesInvalidKeyspaceNames() {
        assertThatThrownBy(() -> CassandraSettings.DEFAULT.withKeyspace("weir; DROP"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("\"weir; DROP\"");
    }

    private static CassandraSettings settings(String host, int port) {
        CassandraSettings defaults = CassandraSettings.DEFAULT;
        return new CassandraSettings(
                List.of(InetSocketAddress.createUnresolved(host, port)),
                null,
                defaults.keyspace(),
                null,
                Duration.ofMillis(200),
                defaults.requestTimeout(),
                defaults.retryFor(),
                defaults.maxRequestsInFlight(),
                defaults.batchRows());
    }

    private static int closedPort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
