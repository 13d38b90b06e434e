package io.weir.metricconsumer.metrics;

import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.prometheus.metrics.exporter.httpserver.HTTPServer;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.UnknownHostException;

/** Serves a registry over HTTP, under {@code /metrics}, in Prometheus' text format. Thread-safe. */
final class MetricsEndpoint implements AutoCloseable {

    /** How many ports are tried; as many as Spark tries for its user interface. */
    private static final int PORTS = 16;

    private static final int LAST_PORT = 65_535;

    private final HTTPServer server;
    private final String address;

    private MetricsEndpoint(HTTPServer server, String address) {
        this.server = server;
        this.address = address;
    }

    /**
     * Starts the server at the first free port from {@code port} on.
     *
     * @throws IOException if the address is unknown, or none of the ports is free
     */
    static MetricsEndpoint start(PrometheusMeterRegistry registry, String address, int port) throws IOException {
        InetAddress interfaceAddress;
        try {
            interfaceAddress = InetAddress.getByName(address);
        } catch (UnknownHostException e) {
            throw new IOException(
                    "weir.metrics.address = " + address + " is unknown: use an address of this machine", e);
        }
        int last = Math.min(port + PORTS - 1, LAST_PORT);
        BindException inUse = null;
        for (int candidate = port; candidate <= last; candidate++) {
            try {
                HTTPServer server = HTTPServer.builder()
                        .inetAddress(interfaceAddress)
                        .port(candidate)
                        .registry(registry.getPrometheusRegistry())
                        .buildAndStart();
                return new MetricsEndpoint(server, address);
            } catch (BindException e) {
                inUse = e;
            }
        }
        throw new IOException(
                "no port from " + port + " to " + last + " (weir.metrics.port) can be used at " + address
                        + " (weir.metrics.address): choose other ports, or an address of this machine",
                inUse);
    }

    String url() {
        return "http://" + (address.contains(":") ? "[" + address + "]" : address) + ":" + server.getPort()
                + "/metrics";
    }

    @Override
    public void close() {
        server.close();
    }
}
