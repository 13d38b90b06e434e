package io.weir.metricconsumer.metrics;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class MetricsEndpointTest {

    private static final String LOOPBACK = "127.0.0.1";

    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);

    @Test
    void theMetersAreServedAsText() throws IOException {
        registry.counter("weir.pipeline.readings", "outcome", "stored").increment(7);
        try (MetricsEndpoint endpoint = MetricsEndpoint.start(registry, LOOPBACK, freePort())) {
            assertThat(read(endpoint.url())).contains("weir_pipeline_readings_total{outcome=\"stored\"} 7.0");
        }
    }

    @Test
    void theNextPortIsUsedIfOneIsInUse() throws IOException {
        try (ServerSocket taken = new ServerSocket(freePort(), 1, InetAddress.getByName(LOOPBACK));
                MetricsEndpoint endpoint = MetricsEndpoint.start(registry, LOOPBACK, taken.getLocalPort())) {
            assertThat(URI.create(endpoint.url()).getPort())
                    .isBetween(taken.getLocalPort() + 1, taken.getLocalPort() + 15);
        }
    }

    @Test
    void onlyTheAddressOfTheSettingsIsUsed() throws IOException {
        try (MetricsEndpoint endpoint = MetricsEndpoint.start(registry, LOOPBACK, freePort())) {
            URI url = URI.create(endpoint.url());
            assertThat(url.getHost()).isEqualTo(LOOPBACK);
            assertThatThrownBy(() -> read("http://127.0.0.2:" + url.getPort() + "/metrics"))
                    .isInstanceOf(IOException.class);
        }
    }

    /** An application that has caught up ends when its main thread does. */
    @Test
    void theServerDoesNotKeepTheProcessAlive() throws IOException {
        try (MetricsEndpoint endpoint = MetricsEndpoint.start(registry, LOOPBACK, freePort())) {
            read(endpoint.url());
            assertThat(Thread.getAllStackTraces().keySet())
                    .filteredOn(thread -> thread.getName().startsWith("HTTP-")
                            || thread.getName().startsWith("prometheus-"))
                    .hasSizeGreaterThanOrEqualTo(2)
                    .allMatch(Thread::isDaemon);
        }
    }

    @Test
    void anAddressOfAnotherMachineIsRefused() {
        assertThatThrownBy(() -> MetricsEndpoint.start(registry, "192.0.2.1", 20_000))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("no port from 20000 to 20015 (weir.metrics.port) can be used at 192.0.2.1")
                .hasMessageContaining("weir.metrics.address");
    }

    @Test
    void portsEndAtTheHighestOne() {
        List<MetricsEndpoint> opened = new ArrayList<>();
        assertThatThrownBy(() -> {
                    while (true) {
                        opened.add(MetricsEndpoint.start(registry, LOOPBACK, 65_534));
                    }
                })
                .isInstanceOf(IOException.class)
                .hasMessageContaining("no port from 65534 to 65535");
        opened.forEach(MetricsEndpoint::close);
    }

    /** Returns a port that is free, and below those of outgoing connections. */
    private static int freePort() throws IOException {
        for (int port = 21_000; port < 32_000; port += 20) {
            try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getByName(LOOPBACK))) {
                return socket.getLocalPort();
            } catch (IOException inUse) {
                continue;
            }
        }
        throw new IOException("no free port");
    }

    private static String read(String url) throws IOException {
        try (InputStream in = URI.create(url).toURL().openStream()) {
            return new String(in.readAllBytes(), UTF_8);
        }
    }
}
