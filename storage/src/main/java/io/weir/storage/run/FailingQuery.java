package io.weir.storage.run;

import io.weir.core.text.PrintableText;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A streaming query that has completed no batch since it failed, or since its pipeline started: a row of {@code
 * failing_queries}.
 *
 * @param query the name of the query: {@code fused}, or the table that it writes
 * @param since the time of the first failure; the start of the pipeline if there was none since
 * @param failedAt the time of the last failure
 * @param failures the number of failures since the last completed batch, or since the pipeline started
 * @param lasting the number of failures that a retry cannot resolve
 * @param message the message of the last failure; one printable line of at most {@value #MAX_MESSAGE} characters
 * @param source the source whose records were being applied; null if unknown
 * @param partition the partition of that source; null if unknown
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

    /** The maximum length of a message in characters. */
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

    /** Returns the state as a sentence for users. */
    public String sentence() {
        return summary() + ": " + message;
    }

    /** Returns the sentence without the message, which may quote a record. */
    public String summary() {
        return "the query " + query + " of the topic " + topic + " is failing since " + since + ", " + failures
                + (failures == 1 ? " time" : " times") + ", last at " + failedAt + at();
    }

    private String at() {
        return source == null ? "" : " in source " + source + " (partition " + partition + ")";
    }
}
