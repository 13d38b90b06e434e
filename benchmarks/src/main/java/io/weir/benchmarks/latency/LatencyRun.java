package io.weir.benchmarks.latency;

import io.weir.benchmarks.measured.MeasuredTables;
import io.weir.benchmarks.measured.NotMeasuredException;
import io.weir.local.LocalWeir;
import io.weir.local.servers.DataDirectory;
import io.weir.local.servers.Heaps;
import io.weir.local.servers.PortChoice;
import io.weir.metricproducer.Publisher;
import io.weir.metricproducer.PublisherSettings;
import io.weir.storage.ReadTables;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/** Measures one mode at one rate, on a new Weir. */
public final class LatencyRun {

    /**
     * The number of probes. Each polls hundreds of times per second on the same cores, so more probes would distort the
     * measurement.
     */
    private static final int PROBES = 1;

    /** Not a multiple of any interval of the pipeline, so that all of its phases are sampled. */
    private static final long PROBE_EVERY_NANOS = TimeUnit.MILLISECONDS.toNanos(53);

    private static final Probe.Pace PACE = new Probe.Pace(4, 10, 0);

    private static final Duration PAUSE_EVERY = Duration.ofSeconds(10);
    private static final Duration PAUSE = Duration.ofSeconds(1);
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(15);

    /** A probe's reading is sent without delay. */
    private static final Map<String, String> AT_ONCE = Map.of("linger.ms", "0");

    private final Path home;
    private final Path directory;
    private final Duration warmUp;
    private final Duration length;

    /**
     * @param directory the directory of this run
     * @param warmUp the duration of the warm-up
     * @param length the duration of the measurement
     */
    public LatencyRun(Path home, Path directory, Duration warmUp, Duration length) {
        this.home = home;
        this.directory = directory;
        this.warmUp = warmUp;
        this.length = length;
    }

    /**
     * The result.
     *
     * @param readings the number of readings of the load and the probes; all were stored, and all rollups match their
     *     raw rows
     */
    public record Found(Way way, int rate, long readings, Latencies raw, Latencies rollups) {}

    /**
     * Starts a Weir, measures, and stops it.
     *
     * @param rate readings per second
     * @throws NotMeasuredException if not all readings are stored and rolled up
     */
    public Found run(Way way, int rate) throws IOException, InterruptedException {
        Files.createDirectories(directory);
        Path configuration = Files.writeString(directory.resolve("pipeline.conf"), way.configuration());
        try (DataDirectory data = DataDirectory.open(directory.resolve("data"));
                LocalWeir weir = LocalWeir.start(
                        home,
                        data,
                        PortChoice.any(),
                        PortChoice.any(),
                        Heaps.of(Heaps.availableMemory(), Map.of()),
                        Optional.of(configuration),
                        notice -> {});
                MeasuredTables tables =
                        MeasuredTables.open(weir.servers().cassandra().settings())) {
            String bootstrap = weir.servers().kafka().bootstrap();
            Found before = measure("warm-up", way, rate, bootstrap, tables.read(), warmUp);
            System.gc(); // avoid a garbage collection of this process during the measurement
            Found found = measure("measured", way, rate, bootstrap, tables.read(), length);
            tables.requireExact(before.readings() + found.readings());
            return found;
        }
    }

    /** The name is part of the probes' device names, which must be new. */
    private Found measure(String name, Way way, int rate, String bootstrap, ReadTables tables, Duration during)
            throws InterruptedException {
        Latencies raw = new Latencies();
        Latencies rollups = new Latencies();
        Pauses pauses = Pauses.fromNow(PAUSE_EVERY, PAUSE);
        ExecutorService watchers = Executors.newCachedThreadPool();
        try (Publisher publisher = connect(bootstrap, Map.of());
                Publisher ofProbes = connect(bootstrap, AT_ONCE);
                Load load = Load.start(publisher, pauses, rate)) {
            List<Probe> probes = new ArrayList<>();
            for (int i = 0; i < PROBES; i++) {
                Probe probe = new Probe(
                        "probe-" + name + "-" + i, ofProbes::send, ProbedTables.of(tables), PACE, raw, rollups);
                watchers.execute(probe::watchRaw);
                watchers.execute(probe::watchRollup);
                probes.add(probe);
            }
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

    private static Publisher connect(String bootstrap, Map<String, String> kafka) {
        return Publisher.connect(new PublisherSettings(bootstrap, "readings", CONNECT_TIMEOUT, kafka));
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
}
