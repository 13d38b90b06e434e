package io.weir.metricconsumer.driver;

import java.time.Duration;
import java.util.Locale;
import java.util.function.Consumer;
import org.apache.spark.sql.streaming.StreamingQueryProgress;
import org.jspecify.annotations.Nullable;

/**
 * Counts and logs the batches of a query. Writes one line for each batch, or one line for all batches of ten seconds,
 * so that the log of a pipeline with short batches stays small. Explains once that batches take longer than the trigger
 * interval, which Spark would say for each of them. Not thread-safe.
 */
final class BatchLog {

    private static final Duration LINE_INTERVAL = Duration.ofSeconds(10);
    private static final long NONE = -1;

    private final String query;
    private final @Nullable Duration interval;
    private final QueryMeters meters;
    private final Consumer<String> lines;

    /** The last batch of the running query that was counted. */
    private long last = NONE;

    private boolean hasExplained;

    /** The batches since the last line. */
    private int batches;

    private long records;
    private Duration duration = Duration.ZERO;
    private boolean hasWritten;
    private long written;

    /**
     * @param query its name, for the lines
     * @param interval the trigger interval; null if the query has none
     * @param lines receives each line
     */
    BatchLog(String query, @Nullable Duration interval, QueryMeters meters, Consumer<String> lines) {
        this.query = query;
        this.interval = interval;
        this.meters = meters;
        this.lines = lines;
    }

    /**
     * Counts the batches that are new, and writes the line that is due.
     *
     * @param recent the latest progress reports of the running query, oldest first; Spark also reports that it is idle
     * @param now as {@link System#nanoTime} returns it
     */
    void add(StreamingQueryProgress[] recent, long now) {
        for (StreamingQueryProgress progress : recent) {
            if (progress.batchId() > last && progress.numInputRows() > 0) {
                last = progress.batchId();
                count(progress.numInputRows(), Duration.ofMillis(progress.batchDuration()));
            }
        }
        if (!hasWritten || now - written >= LINE_INTERVAL.toNanos()) {
            write(now);
        }
    }

    /** Counts the last batches of a query that has ended. The numbers of its successor's batches may begin anew. */
    void end(StreamingQueryProgress[] recent, long now) {
        add(recent, now);
        write(now);
        last = NONE;
    }

    private void count(long read, Duration took) {
        meters.recordBatch(read, took);
        batches++;
        records += read;
        duration = duration.plus(took);
        if (interval != null && took.compareTo(interval) > 0 && !hasExplained) {
            hasExplained = true;
            lines.accept(String.format(
                    Locale.ROOT,
                    "%s: batch %d took %.1f s, longer than the trigger interval of %.1f s, so the next batch follows"
                            + " without a pause. This is normal after a start and while the pipeline catches up. If the"
                            + " lag keeps growing, see docs/how-to/troubleshoot.md. This is logged once",
                    query,
                    last,
                    seconds(took),
                    seconds(interval)));
        }
    }

    private void write(long now) {
        if (batches > 0) {
            lines.accept(String.format(
                    Locale.ROOT,
                    "%s: %s with %d records took %.1f s",
                    query,
                    batches == 1 ? "batch " + last : batches + " batches up to batch " + last,
                    records,
                    seconds(duration)));
            hasWritten = true;
            written = now;
            batches = 0;
            records = 0;
            duration = Duration.ZERO;
        }
    }

    private static double seconds(Duration duration) {
        return duration.toMillis() / 1e3;
    }
}
