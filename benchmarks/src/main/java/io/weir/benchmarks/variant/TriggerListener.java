package io.weir.benchmarks.variant;

import java.time.Instant;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.spark.sql.streaming.StreamingQueryListener;
import org.apache.spark.sql.streaming.StreamingQueryProgress;
import org.jspecify.annotations.Nullable;

/**
 * Tells the {@link Meter} what time the triggers of all queries take, commits included. Spark makes it, by the setting
 * {@code spark.sql.streaming.streamingQueryListeners}.
 */
public final class TriggerListener extends StreamingQueryListener {

    private static final AtomicReference<@Nullable Meter> METER = new AtomicReference<>();

    /** From here on, in this JVM. */
    static void report(Meter meter) {
        METER.set(meter);
    }

    /** Before the first trigger, and while whoever starts the query waits. */
    @Override
    public void onQueryStarted(QueryStartedEvent event) {
        meter().begin();
    }

    @Override
    public void onQueryProgress(QueryProgressEvent event) {
        StreamingQueryProgress progress = event.progress();
        long start = Instant.parse(progress.timestamp()).toEpochMilli();
        Long took = progress.durationMs().get("triggerExecution");
        if (took != null) {
            meter().cover(start, start + took);
        }
    }

    /** A query that has found nothing to do has had no trigger that tells of itself. */
    @Override
    public void onQueryTerminated(QueryTerminatedEvent event) {
        if (event.exception().isEmpty()) {
            meter().coverAtLeast();
        }
    }

    private static Meter meter() {
        Meter meter = METER.get();
        if (meter == null) {
            throw new IllegalStateException("a query runs that nobody measures");
        }
        return meter;
    }
}
