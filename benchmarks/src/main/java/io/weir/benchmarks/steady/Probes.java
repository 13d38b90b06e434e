package io.weir.benchmarks.steady;

import io.weir.benchmarks.latency.Latencies;
import io.weir.benchmarks.latency.Probe;
import io.weir.benchmarks.latency.ProbedTables;
import io.weir.benchmarks.measured.NotMeasuredException;
import io.weir.metricproducer.Publisher;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/** A probe in each partition of the topic, which take turns to send. */
final class Probes implements AutoCloseable {

    /** Between two readings, of any probe; no multiple of a trigger's interval, so that all of its phases are met. */
    static final long EVERY_NANOS = TimeUnit.MILLISECONDS.toNanos(531);

    /** What a reading's freshness is rounded up by: a twentieth, or a few milliseconds. */
    private static final Probe.Pace PACE = new Probe.Pace(5, 10, 0.05);

    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final List<Probe> probes = new ArrayList<>();
    private final ExecutorService watchers = Executors.newCachedThreadPool();
    private final Latencies raw = new Latencies();
    private final Latencies rollups = new Latencies();
    private int next;

    /** @param name part of the devices' names, of their own: each counts from its first reading */
    Probes(String name, Publisher publisher, ProbedTables tables) {
        for (int i = 0; i < publisher.partitions(); i++) {
            int partition = i;
            Probe probe = new Probe(
                    "probe-" + name + "-" + i,
                    (key, value) -> publisher.sendTo(partition, key, value),
                    tables,
                    PACE,
                    raw,
                    rollups);
            watchers.execute(probe::watchRaw);
            if (tables.hasRollups()) {
                watchers.execute(probe::watchRollup);
            }
            probes.add(probe);
        }
    }

    /** Lets the next one send. */
    void send() {
        probes.get(next).send(System.nanoTime());
        next = (next + 1) % probes.size();
    }

    long sent() {
        return probes.stream().mapToLong(Probe::sent).sum();
    }

    Latencies raw() {
        return raw;
    }

    Latencies rollups() {
        return rollups;
    }

    /** Returns when the oldest reading was sent whose raw row cannot be read yet. */
    OptionalLong oldestUnseenNanos() {
        return probes.stream()
                .map(Probe::oldestUnseenNanos)
                .filter(OptionalLong::isPresent)
                .mapToLong(OptionalLong::getAsLong)
                .min();
    }

    /** @throws NotMeasuredException if a reading cannot be read for too long */
    void awaitSeen() throws InterruptedException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!probes.stream().allMatch(Probe::isDone)) {
            if (System.nanoTime() > deadline) {
                throw new NotMeasuredException(
                        "readings of probes that the ledger accounts for could not be read within "
                                + PATIENCE.toSeconds() + " s");
            }
            TimeUnit.MILLISECONDS.sleep(100);
        }
    }

    @Override
    public void close() {
        watchers.shutdownNow();
    }
}
