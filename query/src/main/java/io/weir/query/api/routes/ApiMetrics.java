package io.weir.query.api.routes;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.weir.core.fold.port.TablesException;
import io.weir.query.api.http.Request;
import io.weir.query.api.http.Route;
import io.weir.query.status.PipelineState;
import io.weir.query.status.PipelineWatch;
import io.weir.query.status.SharedDevices;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Serves the metrics of the server and of the ledgers in Prometheus' text format. */
public final class ApiMetrics implements AutoCloseable {

    private static final String CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8";

    private final PrometheusMeterRegistry registry;
    private final PipelineWatch watch;
    private final MultiGauge readings;
    private final MultiGauge lag;
    private final MultiGauge age;
    private final MultiGauge shared;
    private final MultiGauge failures;
    private final JvmGcMetrics collections = new JvmGcMetrics();

    public ApiMetrics(PrometheusMeterRegistry registry, PipelineWatch watch) {
        this.registry = registry;
        this.watch = watch;
        readings = MultiGauge.builder("weir.ledger.readings")
                .description("Readings that the ledgers account for, by outcome")
                .register(registry);
        lag = MultiGauge.builder("weir.source.lag")
                .description("Records of a source that are not yet applied")
                .register(registry);
        age = MultiGauge.builder("weir.source.age.seconds")
                .description("Age of the latest time such that all records appended to a source's log before it are"
                        + " applied")
                .register(registry);
        shared = MultiGauge.builder("weir.devices.in.two.sources")
                .description("Devices that more than one live source stores; absent while unknown")
                .register(registry);
        failures = MultiGauge.builder("weir.query.failures")
                .description("Consecutive failures of a query; absent while it makes progress")
                .register(registry);
        Gauge.builder("weir.tables.up", this, ApiMetrics::up)
                .description("1 if the ledgers can be read")
                .register(registry);
        new JvmMemoryMetrics().bindTo(registry);
        new JvmThreadMetrics().bindTo(registry);
        collections.bindTo(registry);
    }

    public Route route() {
        return Route.open("/metrics", "Metrics in Prometheus' text format.", "Text", List.of(), this::answer)
                .withMediaType("text/plain")
                .forReaders();
    }

    /** Records one completed request. */
    public void answered(Route route, int status, Duration time) {
        Timer.builder("weir.api.requests")
                .description("Completed requests and their duration")
                .tag("route", route.path())
                .tag("method", route.method().name())
                .tag("status", Integer.toString(status))
                .serviceLevelObjectives(
                        Duration.ofMillis(10), Duration.ofMillis(100), Duration.ofSeconds(1), Duration.ofSeconds(10))
                .register(registry)
                .record(time);
    }

    @Override
    public void close() {
        collections.close();
    }

    private void answer(Request request) throws IOException {
        Selection.requireAll(request.caller());
        try {
            tell(watch.latest());
        } catch (TablesException e) {
            request.context().header("Weir-Ledgers", "unknown"); // weir_tables_up says it to the scraper
        }
        request.context().header("Cache-Control", "no-store");
        request.answer(CONTENT_TYPE, registry.scrape(CONTENT_TYPE).getBytes(StandardCharsets.UTF_8));
    }

    private void tell(PipelineState state) {
        List<MultiGauge.Row<?>> counts = new ArrayList<>();
        List<MultiGauge.Row<?>> lags = new ArrayList<>();
        List<MultiGauge.Row<?>> ages = new ArrayList<>();
        for (LedgerEndpoint.Source source : LedgerEndpoint.shown(state).sources()) {
            Tags tags = Tags.of(
                    "topic", source.topic(),
                    "partition", Integer.toString(source.partition()),
                    "source", Integer.toString(source.source()));
            counts.add(MultiGauge.Row.of(tags.and("outcome", "stored", "reason", ""), source.stored()));
            counts.add(MultiGauge.Row.of(tags.and("outcome", "duplicate", "reason", ""), source.duplicate()));
            source.rejected()
                    .forEach((reason, count) ->
                            counts.add(MultiGauge.Row.of(tags.and("outcome", "rejected", "reason", reason), count)));
            Long behind = source.lag();
            Instant applied = source.appliedThrough();
            if (behind != null) {
                lags.add(MultiGauge.Row.of(tags, behind));
            }
            if (applied != null) {
                ages.add(MultiGauge.Row.of(
                        tags, Duration.between(applied, state.seen()).toMillis() / 1e3));
            }
        }
        readings.register(counts, true);
        lag.register(lags, true);
        age.register(ages, true);
        failures.register(
                state.failing().stream()
                        .map(failing -> MultiGauge.Row.of(
                                Tags.of("topic", failing.topic(), "query", failing.query()), failing.failures()))
                        .collect(Collectors.<MultiGauge.Row<?>>toList()),
                true);
        SharedDevices devices = state.devicesInTwoSources();
        shared.register(devices == null ? List.of() : List.of(MultiGauge.Row.of(Tags.empty(), devices.count())), true);
    }

    private double up() {
        try {
            watch.latest();
            return 1;
        } catch (TablesException e) {
            return 0;
        }
    }
}
