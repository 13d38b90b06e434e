package io.weir.storage;

import io.weir.core.text.PrintableText;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A streaming query of a pipeline that has completed no batch since it failed, or since its pipeline started: a row of the
 * table {@code failing_queries}.
 *
 * @param query its name: {@code fused}, or the table that it writes
 * @param since when it failed first; when the pipeline started, if it has not failed since
 * @param failedAt when it failed last
 * @param failures how often it has failed; 0 if it has not failed since its pipeline started
 * @param lasting how many of the failures are of a kind that repeating cannot mend
 * @param message of the last failure; one printable line of at most {@value #MAX_MESSAGE} characters
 * @param source whose records it was applying; null if that is not known
 * @param partition of that source
 */
public record FailingQuery(
        String topic,
        String query,
        Instant since,
        Instant failedAt,
        int failures,
        int lasting,
        String message,
        @Nullable Integer source,
        @Nullable Integer partition) {

    /** What the longest message has. */
    public static final int MAX_MESSAGE = 1000;

    public FailingQuery {
        String line = PrintableText.line(message.lines().findFirst().orElse(""));
        message = line.substring(0, Math.min(line.length(), MAX_MESSAGE));
    }

    /** Returns the state of a query that has not failed since its pipeline started. */
    public static FailingQuery starting(String topic, String query, Instant now) {
        return new FailingQuery(topic, query, now, now, 0, 0, "", null, null);
    }

    public boolean hasFailed() {
        return failures > 0;
    }

    /** Returns what a person is told. */
    public String sentence() {
        return summary() + ": " + message;
    }

    /** Returns the same without the message, which may quote a record. */
    public String summary() {
        return "the query " + query + " of the topic " + topic + " is failing since " + since + ", " + failures
                + (failures == 1 ? " time" : " times") + ", last at " + failedAt + at();
    }

    private String at() {
        return source == null ? "" : " in source " + source + " (partition " + partition + ")";
    }
}
