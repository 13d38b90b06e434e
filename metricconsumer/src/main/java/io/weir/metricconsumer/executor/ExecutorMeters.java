package io.weir.metricconsumer.executor;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.weir.storage.session.RetryingSession;
import java.util.List;
import java.util.function.Supplier;

/** The meters of a run's state in this process. Thread-safe. */
final class ExecutorMeters implements AutoCloseable {

    private final MeterRegistry registry;
    private final List<Meter> meters;

    /** @param cacheBytes returns the heap bytes of all cached rows */
    ExecutorMeters(MeterRegistry registry, String topic, RetryingSession requests, Supplier<Number> cacheBytes) {
        this.registry = registry;
        this.meters = List.of(
                Gauge.builder("weir.pipeline.cache.bytes", cacheBytes)
                        .description("Heap bytes of the rows in memory")
                        .tag("topic", topic)
                        .strongReference(true)
                        .register(registry),
                FunctionCounter.builder("weir.pipeline.cassandra.retries", requests, RetryingSession::retries)
                        .description("Requests to Cassandra that were repeated after a transient error")
                        .tag("topic", topic)
                        .register(registry));
    }

    /** Removes the meters: their state is gone. */
    @Override
    public void close() {
        meters.forEach(registry::remove);
    }
}
