package io.weir.benchmarks.latency;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.weir.core.rollup.Resolution;
import io.weir.metricproducer.Publisher;
import io.weir.storage.read.RawReading;
import io.weir.storage.read.ReadTables;
import io.weir.storage.read.ScopedMetric;
import io.weir.storage.read.SourceRollup;
import java.util.Iterator;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A device that sends now and then, and looks when its readings can be read: the raw row, and the hour rollup that
 * counts it. It looks every few milliseconds, which its figures include.
 */
final class Probe {

    private static final long LOOK_FOR_RAW_MILLIS = 4;
    private static final long LOOK_FOR_ROLLUP_MILLIS = 10;

    /** How far behind the oldest reading on its way others are looked for with it. */
    private static final long SPAN_MILLIS = 60_000;

    private static final long HOUR_MILLIS = 3_600_000;
    private static final String METRIC = "m";

    /** A reading on its way; the n-th of its device. */
    private record Sent(long nanos, long time, long ordinal) {}

    private final ScopedMetric series;
    private final Publisher publisher;
    private final ReadTables tables;
    private final Latencies raw;
    private final Latencies rollups;
    private final Queue<Sent> beforeRaw = new ConcurrentLinkedQueue<>();
    private final Queue<Sent> beforeRollup = new ConcurrentLinkedQueue<>();
    private long ordinal;
    private long lastTime;

    Probe(String device, Publisher publisher, ReadTables tables, Latencies raw, Latencies rollups) {
        this.series = ScopedMetric.ofDevice(device, METRIC);
        this.publisher = publisher;
        this.tables = tables;
        this.raw = raw;
        this.rollups = rollups;
    }

    /**
     * Sends a reading; called by one thread.
     *
     * @param dueNanos when it was to be sent, from which its time counts
     */
    void send(long dueNanos) {
        lastTime = Math.max(System.currentTimeMillis(), lastTime + 1);
        Sent sent = new Sent(dueNanos, lastTime, ++ordinal);
        beforeRaw.add(sent);
        beforeRollup.add(sent);
        String json = "{\"device\":\"" + series.id() + "\",\"group\":\"probes\",\"metric\":\"" + METRIC + "\",\"time\":"
                + sent.time() + ",\"value\":1}";
        publisher.send(series.id().getBytes(UTF_8), json.getBytes(UTF_8));
    }

    long sent() {
        return ordinal;
    }

    /** Whether all that was sent has been seen. */
    boolean isDone() {
        return beforeRaw.isEmpty() && beforeRollup.isEmpty();
    }

    /** Looks for raw rows until it is interrupted. */
    void watchRaw() {
        watch(beforeRaw, LOOK_FOR_RAW_MILLIS, () -> {
            Sent oldest = beforeRaw.peek();
            if (oldest != null) {
                try (Stream<RawReading> rows = tables.raw().read(series, oldest.time(), oldest.time() + SPAN_MILLIS)) {
                    Set<Long> times = rows.map(row -> row.reading().time()).collect(Collectors.toSet());
                    take(beforeRaw, raw, sent -> times.contains(sent.time()));
                }
            }
        });
    }

    /** Looks at the counts of its hour rollups until it is interrupted. */
    void watchRollup() {
        long from = System.currentTimeMillis() - HOUR_MILLIS;
        watch(beforeRollup, LOOK_FOR_ROLLUP_MILLIS, () -> {
            try (Stream<SourceRollup> rows =
                    tables.rollups().read(series, Resolution.HOUR, from, System.currentTimeMillis())) {
                long counted = rows.mapToLong(row -> row.rollup().count()).sum();
                take(beforeRollup, rollups, sent -> sent.ordinal() <= counted);
            }
        });
    }

    private static void take(Queue<Sent> waiting, Latencies latencies, Predicate<Sent> isSeen) {
        long now = System.nanoTime();
        for (Iterator<Sent> all = waiting.iterator(); all.hasNext(); ) {
            Sent sent = all.next();
            if (isSeen.test(sent)) {
                latencies.record(now - sent.nanos());
                all.remove();
            }
        }
    }

    private static void watch(Queue<Sent> waiting, long everyMillis, Runnable look) {
        try {
            while (true) {
                if (!waiting.isEmpty()) {
                    look.run();
                }
                TimeUnit.MILLISECONDS.sleep(everyMillis);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
