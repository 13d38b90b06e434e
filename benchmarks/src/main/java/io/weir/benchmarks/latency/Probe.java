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
 * A device that sends now and then, and looks when its readings can be read: the raw row, and the hour rollup that
 * counts it. It looks again and again, at a pace that its figures include.
 */
public final class Probe {

    /** How far behind the oldest reading on its way others are looked for with it. */
    private static final long SPAN_MILLIS = 60_000;

    private static final long HOUR_MILLIS = 3_600_000;
    private static final String METRIC = "m";

    /** A reading on its way; the n-th of its device. */
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
     * How often a probe looks.
     *
     * @param rawMillis at least so far apart are two looks for a raw row
     * @param rollupMillis and two for a rollup
     * @param ofAge two looks are also this part of the time apart for which the oldest reading is on its way
     */
    public record Pace(long rawMillis, long rollupMillis, double ofAge) {}

    /**
     * @param device of this probe alone
     * @param sink takes the key and the value of a record, and sends them at once
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
     * Sends a reading; called by one thread.
     *
     * @param dueNanos when it was to be sent, from which its time counts
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

    /** Readings so far. */
    public long sent() {
        return ordinal;
    }

    /** Whether all that was sent has been seen. */
    public boolean isDone() {
        return beforeRaw.isEmpty() && beforeRollup.isEmpty();
    }

    /** Returns when the oldest reading was due whose raw row nobody has seen; empty if all are seen. */
    public OptionalLong oldestUnseenNanos() {
        Sent oldest = beforeRaw.peek();
        return oldest == null ? OptionalLong.empty() : OptionalLong.of(oldest.nanos());
    }

    /** Looks for raw rows until it is interrupted. */
    public void watchRaw() {
        watch(beforeRaw, pace.rawMillis(), () -> {
            Sent oldest = beforeRaw.peek();
            if (oldest != null) {
                Set<Long> times = tables.rawTimes(series, oldest.time(), oldest.time() + SPAN_MILLIS);
                take(beforeRaw, raw, sent -> times.contains(sent.time()));
            }
        });
    }

    /** Looks at the counts of its hour rollups until it is interrupted. */
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
