package io.weir.benchmarks.variant;

import com.datastax.oss.driver.api.core.cql.Row;
import io.weir.benchmarks.measured.ObservedProcess;
import io.weir.benchmarks.variant.Measurement.Usage;
import io.weir.storage.session.CassandraConnection;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Measures one run: its time, and what the three processes used meanwhile. A run says when it {@link #begin begins},
 * and what time it has {@link #cover covered}, once or again and again. Thread-safe.
 */
final class Meter implements AutoCloseable {

    private final ObservedProcess own =
            new ObservedProcess(ProcessHandle.current().pid());
    private final ObservedProcess kafka;
    private final ObservedProcess cassandra;
    private final CassandraConnection connection;

    private final CompletableFuture<Long> begun = new CompletableFuture<>();
    private @Nullable Reading first;
    private @Nullable Reading last;
    private long from = Long.MAX_VALUE;
    private long to = Long.MIN_VALUE;

    Meter(Assignment assignment, Job job) {
        kafka = new ObservedProcess(assignment.kafkaPid());
        cassandra = new ObservedProcess(assignment.cassandraPid());
        connection = job.connect(job.keyspace());
    }

    /** The work begins now; of several calls the first counts. */
    synchronized void begin() {
        if (first == null) {
            own.resetPeak();
            kafka.resetPeak();
            cassandra.resetPeak();
            first = read();
            begun.complete(System.currentTimeMillis());
        }
    }

    /** Completes when the work begins, with the time in milliseconds since the epoch. */
    CompletableFuture<Long> begun() {
        return begun;
    }

    /** Work was done from the beginning to now. */
    void coverSinceBegin() {
        cover(begun.join(), System.currentTimeMillis());
    }

    /** If no work has been covered, all there was to do was to find that out. */
    synchronized void coverAtLeast() {
        if (last == null) {
            coverSinceBegin();
        }
    }

    /** Work was done between these times, in milliseconds since the epoch, and may go on. */
    synchronized void cover(long start, long end) {
        from = Math.min(from, start);
        to = Math.max(to, end);
        last = read();
    }

    /**
     * Returns what was measured, once all has been covered.
     *
     * @param counted readings that the run has counted itself, or -1
     */
    synchronized Measurement measurement(long counted) {
        Reading begin = first;
        Reading end = last;
        if (begin == null || end == null) {
            throw new IllegalStateException("nothing was measured: no streaming query has made progress");
        }
        return new Measurement(
                (to - from) / 1000.0,
                new Usage(seconds(end.own.minus(begin.own)), own.peakBytes()),
                new Usage(seconds(end.kafka.minus(begin.kafka)), kafka.peakBytes()),
                new Usage(seconds(end.cassandra.minus(begin.cassandra)), cassandra.peakBytes()),
                end.requests - begin.requests,
                counted);
    }

    @Override
    public void close() {
        connection.close();
    }

    private Reading read() {
        return new Reading(own.cpu(), kafka.cpu(), cassandra.cpu(), requests());
    }

    /** Of all clients, this one among them. */
    private long requests() {
        Row row = connection
                .session()
                .execute("SELECT completed_tasks FROM system_views.thread_pools"
                        + " WHERE name = 'Native-Transport-Requests'")
                .one();
        if (row == null) {
            throw new IllegalStateException("Cassandra does not say how many requests it has answered");
        }
        return row.getLong("completed_tasks");
    }

    private static double seconds(Duration duration) {
        return duration.toMillis() / 1000.0;
    }

    private record Reading(Duration own, Duration kafka, Duration cassandra, long requests) {}
}
