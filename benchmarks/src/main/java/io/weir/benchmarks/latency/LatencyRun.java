package io.weir.benchmarks.latency;

import io.weir.local.LocalWeir;
import io.weir.local.servers.DataDirectory;
import io.weir.local.servers.PortChoice;
import io.weir.metricproducer.Publisher;
import io.weir.metricproducer.PublisherSettings;
import io.weir.query.verify.Verify;
import io.weir.query.verify.VerifyResult;
import io.weir.storage.CassandraConnection;
import io.weir.storage.CassandraSettings;
import io.weir.storage.PipelineMeta;
import io.weir.storage.read.CassandraReadTables;
import io.weir.storage.read.ReadTables;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/** Measures one way at one rate, on a Weir of its own. */
public final class LatencyRun {

    private static final int PROBES = 3;

    /** Beside any interval of the pipeline's, so that all of its phases are met. */
    private static final long PROBE_EVERY_NANOS = TimeUnit.MILLISECONDS.toNanos(53);

    private static final Duration PAUSE_EVERY = Duration.ofSeconds(10);
    private static final Duration PAUSE = Duration.ofSeconds(1);
    private static final Duration WARM_UP = Duration.ofSeconds(20);
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final int VERIFY_THREADS = 2;

    /** Whoever sends does not wait for more. */
    private static final Map<String, String> AT_ONCE = Map.of("linger.ms", "0");

    private final Path home;
    private final Path directory;
    private final Duration length;

    /**
     * @param directory of the run alone
     * @param length for how long is measured, after a warm-up
     */
    public LatencyRun(Path home, Path directory, Duration length) {
        this.home = home;
        this.directory = directory;
        this.length = length;
    }

    /**
     * What was found.
     *
     * @param readings of the load and the probes; all of them were stored, and no rollup differs from its raw rows
     */
    public record Found(Way way, int rate, long readings, Latencies raw, Latencies rollups) {}

    /**
     * Starts a Weir, measures, and stops it.
     *
     * @param rate readings a second
     * @throws NotMeasuredException if not all readings come to be stored and in their rollups
     */
    public Found run(Way way, int rate) throws IOException, InterruptedException {
        Files.createDirectories(directory);
        Path configuration = Files.writeString(directory.resolve("pipeline.conf"), way.configuration());
        try (DataDirectory data = DataDirectory.open(directory.resolve("data"));
                LocalWeir weir = LocalWeir.start(
                        home, data, PortChoice.any(), PortChoice.any(), Optional.of(configuration), notice -> {});
                CassandraConnection connection = connect(weir)) {
            ReadTables tables = tables(connection);
            String bootstrap = weir.servers().kafka().bootstrap();
            Found warmUp = measure("warm-up", way, rate, bootstrap, tables, WARM_UP);
            Found found = measure("measured", way, rate, bootstrap, tables, length);
            requireExact(tables, warmUp.readings() + found.readings());
            return found;
        }
    }

    /** The name is part of the probes': each must count from its first reading. */
    private Found measure(String name, Way way, int rate, String bootstrap, ReadTables tables, Duration during)
            throws InterruptedException {
        Latencies raw = new Latencies();
        Latencies rollups = new Latencies();
        Pauses pauses = Pauses.fromNow(PAUSE_EVERY, PAUSE);
        ExecutorService watchers = Executors.newCachedThreadPool();
        try (Publisher publisher =
                Publisher.connect(new PublisherSettings(bootstrap, "readings", Duration.ofSeconds(15), AT_ONCE))) {
            List<Probe> probes = new ArrayList<>();
            for (int i = 0; i < PROBES; i++) {
                Probe probe = new Probe("probe-" + name + "-" + i, publisher, tables, raw, rollups);
                watchers.execute(probe::watchRaw);
                watchers.execute(probe::watchRollup);
                probes.add(probe);
            }
            Load load = Load.start(publisher, pauses, rate);
            long begin = System.nanoTime();
            for (long due = begin; due - begin < during.toNanos(); due += PROBE_EVERY_NANOS) {
                TimeUnit.NANOSECONDS.sleep(due - System.nanoTime());
                if (!pauses.isPaused()) {
                    for (Probe probe : probes) {
                        probe.send(due);
                    }
                }
            }
            long sent = load.stop() + probes.stream().mapToLong(Probe::sent).sum();
            awaitSeen(probes, way);
            return new Found(way, rate, sent, raw, rollups);
        } finally {
            watchers.shutdownNow();
        }
    }

    private static void awaitSeen(List<Probe> probes, Way way) throws InterruptedException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!probes.stream().allMatch(Probe::isDone)) {
            if (System.nanoTime() > deadline) {
                throw new NotMeasuredException(
                        way.title() + ": not all readings could be read within " + PATIENCE.toSeconds() + " s");
            }
            TimeUnit.MILLISECONDS.sleep(100);
        }
    }

    private static void requireExact(ReadTables tables, long sent) throws InterruptedException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (stored(tables) != sent) {
            if (System.nanoTime() > deadline) {
                throw new NotMeasuredException("the ledger has " + stored(tables) + " readings of " + sent);
            }
            TimeUnit.MILLISECONDS.sleep(100);
        }
        VerifyResult result = new Verify(tables, ZoneOffset.UTC, Clock.systemUTC(), VERIFY_THREADS).run();
        if (!result.isRight()) {
            throw new NotMeasuredException(result.differenceCount() + " differences between rollups and raw readings");
        }
    }

    private static long stored(ReadTables tables) {
        return tables.ledgers().readAll().stream()
                .mapToLong(source -> source.ledger().stored())
                .sum();
    }

    private static ReadTables tables(CassandraConnection connection) {
        return CassandraReadTables.open(connection, new PipelineMeta(connection, Clock.systemUTC()).read());
    }

    private static CassandraConnection connect(LocalWeir weir) {
        return CassandraConnection.open(CassandraSettings.DEFAULT.withContactPoints(
                List.of(weir.servers().cassandra().contactPoint())));
    }
}
