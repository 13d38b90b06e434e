package io.weir.metricconsumer.metrics;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.weir.metricconsumer.config.MetricsSettings;
import java.io.IOException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The meters of this process, be it the driver, an executor or both. All classes of meters register with one registry,
 * also if nothing serves it. Thread-safe.
 */
public final class ProcessMeters {

    private static final PrometheusMeterRegistry REGISTRY = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);

    /** Serves until the process ends. */
    private static @Nullable MetricsEndpoint endpoint;

    private ProcessMeters() {}

    public static MeterRegistry registry() {
        return REGISTRY;
    }

    /**
     * Serves the meters until the process ends, unless the settings turn that off. Further calls change nothing.
     *
     * @return the URL; empty if the meters are not served
     * @throws IOException if the address is unknown, or none of the ports is free; the message names them
     */
    public static synchronized Optional<String> serve(MetricsSettings settings) throws IOException {
        Integer port = settings.port();
        if (endpoint == null && port != null) {
            endpoint = MetricsEndpoint.start(REGISTRY, settings.address(), port);
            bindJvm();
        }
        return Optional.ofNullable(endpoint).map(MetricsEndpoint::url);
    }

    @SuppressWarnings("resource") // Lives as long as the process.
    private static void bindJvm() {
        new JvmMemoryMetrics().bindTo(REGISTRY);
        new JvmThreadMetrics().bindTo(REGISTRY);
        new JvmGcMetrics().bindTo(REGISTRY);
    }
}
