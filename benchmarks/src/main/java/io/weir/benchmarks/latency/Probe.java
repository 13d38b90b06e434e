package io.weir.benchmarks.latency;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.weir.core.reading.CanonicalJson;
import io.weir.core.reading.Reading;
import io.weir.storage.read.ScopedMetric;
import java.util.Iterator;
import java.util.OptionalLong;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import java.util.function.Predicate;

/**
 * A device that sends readings occasionally, and polls until each is visible in its raw row and counted in its hour
 * rollup. The polling interval is part of the measured latency.
 */
public final class Probe {

    /** The span after the oldest pending reading that one poll covers. */
    private static final long SPAN_MILLIS = 60_000;

    private static final long HOUR_MILLIS = 3_600_000;
    private static final String METRIC = "m";

    /** A pending reading; the n-th of its device. */
    private record Sent(long nanos, long time, long ordinal) {}

    private final ScopedMetric series;
    private final BiConsumer<byte[], byte[]> sink;
    private final ProbedTables tables;
    private final Pace pace;
    private final Latencies raw;
    private final Latencies rollups;
    private final Queue<Sent> beforeRaw = new ConcurrentLinkedQueue<>();
    private final Queue<Sent> beforeRollup = new ConcurrentLinkedQueue<>();
    private long ordinal;
    private long lastTime;

    /**
     * The polling intervals of a probe.
     *
     * @param rawMillis the minimum interval between two polls of a raw row
     * @param rollupMillis the minimum interval between two polls of a rollup
     * @param ofAge the minimum interval as a fraction of the age of the oldest pending reading
     */
    public record Pace(long rawMillis, long rollupMillis, double ofAge) {}

    /**
     * @param device the device, used only by this probe
     * @param sink sends the key and the value of a record without delay
     */
    public Probe(
            String device,
            BiConsumer<byte[], byte[]> sink,
            ProbedTables tables,
            Pace pace,
            Latencies raw,
            Latencies rollups) {
        this.series = ScopedMetric.ofDevice(device, METRIC);
        this.sink = sink;
        this.tables = tables;
        this.pace = pace;
        this.raw = raw;
        this.rollups = rollups;
    }

    /**
     * Sends a reading. Must be called by one thread.
     *
     * @param dueNanos its due time, from which the latency is measured
     */
    public void send(long dueNanos) {
        lastTime = Math.max(System.currentTimeMillis(), lastTime + 1);
        Sent sent = new Sent(dueNanos, lastTime, ++ordinal);
        beforeRaw.add(sent);
        if (tables.hasRollups()) {
            beforeRollup.add(sent);
        }
        byte[] json = CanonicalJson.bytes(new Reading(series.id(), "probes", METRIC, sent.time(), 1));
        sink.accept(series.id().getBytes(UTF_8), json);
    }

    /** Returns the number of sent readings. */
    public long sent() {
        return ordinal;
    }

    /** Returns whether all sent readings are visible. */
    public boolean isDone() {
        return beforeRaw.isEmpty() && beforeRollup.isEmpty();
    }

    /** Returns the due time of the oldest reading whose raw row is not yet visible; empty if all are visible. */
    public OptionalLong oldestUnseenNanos() {
        Sent oldest = beforeRaw.peek();
        return oldest == null ? OptionalLong.empty() : OptionalLong.of(oldest.nanos());
    }

    /** Polls raw rows until it is interrupted. */
    public void watchRaw() {
        watch(beforeRaw, pace.rawMillis(), () -> {
            Sent oldest = beforeRaw.peek();
            if (oldest != null) {
                Set<Long> times = tables.rawTimes(series, oldest.time(), oldest.time() + SPAN_MILLIS);
                take(beforeRaw, raw, sent -> times.contains(sent.time()));
            }
        });
    }

    /** Polls the counts of its hour rollups until it is interrupted. */
    public void watchRollup() {
        long from = System.currentTimeMillis() - HOUR_MILLIS;
        watch(beforeRollup, pace.rollupMillis(), () -> {
            long counted = tables.countByHour(series, from, System.currentTimeMillis());
            take(beforeRollup, rollups, sent -> sent.ordinal() <= counted);
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

    private void watch(Queue<Sent> waiting, long everyMillis, Runnable look) {
        try {
            while (true) {
                if (!waiting.isEmpty()) {
                    look.run();
                }
                TimeUnit.MILLISECONDS.sleep(Math.max(everyMillis, (long) (pace.ofAge() * ageMillis(waiting))));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static long ageMillis(Queue<Sent> waiting) {
        Sent oldest = waiting.peek();
        return oldest == null ? 0 : TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - oldest.nanos());
    }
}
