package io.weir.metricproducer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class PublisherTest {

    private static final Duration PATIENCE = Duration.ofMillis(1500);

    @Test
    void aMissingBrokerIsReportedInTime() throws IOException {
        int port;
        try (ServerSocket closedAtOnce = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = closedAtOnce.getLocalPort();
        }
        assertUnreachable("127.0.0.1:" + port);
    }

    @Test
    void aBrokerThatNeverAnswersIsReportedInTime() throws IOException {
        try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            assertUnreachable("127.0.0.1:" + silent.getLocalPort());
        }
    }

    @Test
    void anInvalidAddressIsReported() {
        assertThatThrownBy(() -> Publisher.connect(PublisherSettings.of("nonsense", "readings")))
                .isInstanceOf(PublishException.class)
                .hasMessageStartingWith("cannot use \"nonsense\" as Kafka's address: ")
                .hasMessageEndingWith("expected host:port of a broker");
    }

    private static void assertUnreachable(String bootstrap) {
        long began = System.nanoTime();
        assertThatThrownBy(() -> Publisher.connect(new PublisherSettings(bootstrap, "readings", PATIENCE, Map.of())))
                .isInstanceOf(PublishException.class)
                .hasMessage("no answer from Kafka at " + bootstrap
                        + " within 1500 ms; check the address, and that the broker runs");
        assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(PATIENCE.multipliedBy(4));
    }
}
