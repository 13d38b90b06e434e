package io.weir.benchmarks.steady;

import io.weir.benchmarks.latency.ProbedTables;
import io.weir.benchmarks.measured.Checks;
import io.weir.benchmarks.measured.MeasuredTables;
import io.weir.benchmarks.measured.Verdict;
import io.weir.local.LocalWeir;
import io.weir.local.servers.DataDirectory;
import io.weir.local.servers.Heaps;
import io.weir.local.servers.PortChoice;
import io.weir.local.servers.Servers;
import io.weir.metricproducer.simulation.Truth;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/** All of Weir, as {@code weir up} starts it. */
final class WeirPipeline implements MeasuredPipeline {

    /** Verifying takes several requests for each series: of more, totals are checked, and some devices. */
    private static final int MOST_VERIFIED_SERIES = 20_000;

    private final LocalWeir weir;
    private final MeasuredTables tables;

    private WeirPipeline(LocalWeir weir, MeasuredTables tables) {
        this.weir = weir;
        this.tables = tables;
    }

    static WeirPipeline start(
            Path home, DataDirectory data, Heaps heaps, Optional<Path> configuration, Consumer<String> notices) {
        LocalWeir weir = LocalWeir.start(home, data, PortChoice.any(), PortChoice.any(), heaps, configuration, notices);
        try {
            return new WeirPipeline(
                    weir, MeasuredTables.open(weir.servers().cassandra().settings()));
        } catch (RuntimeException e) {
            weir.close();
            throw e;
        }
    }

    @Override
    public Servers servers() {
        return weir.servers();
    }

    @Override
    public long pid() {
        return weir.pipeline().pid();
    }

    @Override
    public CompletableFuture<String> failure() {
        return weir.failure();
    }

    @Override
    public String keyspace() {
        return tables.connection().settings().keyspace();
    }

    @Override
    public ProbedTables probed() {
        return ProbedTables.of(tables.read());
    }

    @Override
    public long accounted() {
        return tables.read().ledgers().readAll().stream()
                .mapToLong(source -> source.throughOffsetOfAll() + 1)
                .sum();
    }

    @Override
    public Verdict check(Truth truth, FleetSample sample, long records) {
        return sample.series() <= MOST_VERIFIED_SERIES
                ? sample.and(Checks.weir(tables.connection(), truth), tables.read(), records)
                : sample.and(Checks.weirInTotal(tables.connection(), truth), tables.read(), records);
    }

    @Override
    public void close() {
        try (weir) {
            tables.close();
        }
    }
}
