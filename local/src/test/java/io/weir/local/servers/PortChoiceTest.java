package io.weir.local.servers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PortChoiceTest {
    private final List<String> notices = new ArrayList<>();

    @Test
    void aFreePortIsUsedAsRequested() {
        int port = PortChoice.free();

        assertThat(take(PortChoice.preferring(port))).isEqualTo(port);
        assertThat(take(PortChoice.exactly(port))).isEqualTo(port);
        assertThat(notices).isEmpty();
    }

    @Test
    void aBusyPreferredPortIsReplacedWithANotice() throws IOException {
        try (ServerSocket busy = listen()) {
            int taken = take(PortChoice.preferring(busy.getLocalPort()));

            assertThat(taken).isNotEqualTo(busy.getLocalPort()).isPositive();
            assertThat(notices)
                    .containsExactly(
                            "Port " + busy.getLocalPort() + " for Kafka is in use; using " + taken + " instead.");
        }
    }

    @Test
    void aBusyRequiredPortIsRefusedWithARemedy() throws IOException {
        try (ServerSocket busy = listen()) {
            PortChoice insisted = PortChoice.exactly(busy.getLocalPort());

            assertThatThrownBy(() -> take(insisted))
                    .isInstanceOf(UnavailableException.class)
                    .hasMessageContaining("Port " + busy.getLocalPort() + " for Kafka is in use")
                    .hasMessageContaining("--kafka-port");
        }
    }

    @Test
    void aPortHeldOnAllInterfacesIsBusy() throws IOException {
        try (ServerSocket busy = new ServerSocket(0)) {
            assertThat(take(PortChoice.preferring(busy.getLocalPort()))).isNotEqualTo(busy.getLocalPort());
        }
    }

    @Test
    void anyChoosesAFreePortWithoutANotice() {
        assertThat(take(PortChoice.any())).isPositive();
        assertThat(notices).isEmpty();
    }

    /**
     * The failure this prevents: a slowly starting server finds its port taken by a neighbour's outgoing connection.
     */
    @Test
    void aFreePortIsOutsideOfTheEphemeralRange() {
        List<Integer> taken =
                IntStream.range(0, 100).map(i -> PortChoice.free()).boxed().toList();

        assertThat(taken).allMatch(port -> port >= 20_000 && port < 32_768);
    }

    @Test
    void answersOnlyIfAProcessListens() throws IOException {
        int port;
        try (ServerSocket busy = listen()) {
            port = busy.getLocalPort();
            assertThat(PortChoice.answers(port)).isTrue();
        }
        assertThat(PortChoice.answers(port)).isFalse();
    }

    @Test
    void anInvalidPortIsRefused() {
        assertThatThrownBy(() -> PortChoice.exactly(70_000)).hasMessageContaining("70000");
    }

    private int take(PortChoice choice) {
        return choice.take("Kafka", "--kafka-port", notices::add);
    }

    private static ServerSocket listen() throws IOException {
        return new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
    }
}
