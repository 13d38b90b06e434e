package io.weir.metricconsumer.driver;

import io.weir.metricconsumer.failure.FailureCause;
import io.weir.metricconsumer.failure.RepeatedFailureException;
import io.weir.metricconsumer.failure.SourceFailedException;
import io.weir.storage.run.FailingQuery;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Counts a query's failures since its last completed batch, notifies the operator, and ends a loop of restarts that
 * cannot succeed. A query that completes no batch between failures reads the same records each time, so all failures
 * that a retry cannot fix count as the same failure, whatever their messages say. Thread-safe.
 */
final class QueryFailures {

    private final String topic;
    private final String query;
    private final @Nullable Integer limit;
    private final Clock clock;
    private final Consumer<String> notices;
    private @Nullable FailingQuery state;

    /**
     * @param limit how many failures that a retry cannot fix end the loop; null for no limit
     * @param notices receives one line at the 1st, 2nd, 4th, 8th … failure, and when the query has recovered
     */
    QueryFailures(String topic, String query, @Nullable Integer limit, Clock clock, Consumer<String> notices) {
        this.topic = topic;
        this.query = query;
        this.limit = limit;
        this.clock = clock;
        this.notices = notices;
        this.state = FailingQuery.starting(topic, query, clock.instant());
    }

    String query() {
        return query;
    }

    /** Returns the state since the last completed batch; empty if the query has not failed since. */
    synchronized Optional<FailingQuery> state() {
        return Optional.ofNullable(state);
    }

    /** Restores the state that an earlier process recorded for the query. */
    synchronized void resume(FailingQuery before) {
        state = before;
    }

    /**
     * Counts a failure.
     *
     * @throws RepeatedFailureException if the limit is reached; the next start may fail as often again
     */
    void recordFailure(Throwable failure) {
        FailureCause cause = new FailureCause(failure);
        Optional<SourceFailedException> source = cause.sourceFailure();
        count(
                cause.message(),
                cause.isTransient(),
                source.map(SourceFailedException::source).orElse(null),
                source.map(SourceFailedException::partition).orElse(null));
    }

    /**
     * Counts a process that ended before it completed a batch.
     *
     * @throws RepeatedFailureException if the limit is reached; the next start may fail as often again
     */
    void recordCrash() {
        count(
                "the process of the pipeline has ended without closing its run: it ran out of memory, was killed, or"
                        + " lost its machine",
                false,
                null,
                null);
    }

    /** Notes that the query has completed a batch, or has ended by itself because there was nothing to read. */
    synchronized void recordSuccess() {
        if (state != null && state.hasFailed()) {
            notices.accept("the query " + query + " of the topic " + topic + " has recovered after " + state.failures()
                    + " failures since " + state.since());
        }
        state = null;
    }

    private synchronized void count(
            String message, boolean isTransient, @Nullable Integer source, @Nullable Integer partition) {
        Instant now = clock.instant();
        FailingQuery before = state == null ? FailingQuery.starting(topic, query, now) : state;
        Instant since = before.hasFailed() ? before.since() : now;
        int failures = before.failures() + 1;
        int lasting = before.lasting() + (isTransient ? 0 : 1);
        boolean limitReached = limit != null && lasting >= limit;
        FailingQuery failing = new FailingQuery(
                topic, query, since, now, failures, limitReached ? 0 : lasting, message, source, partition);
        state = failing;
        if (limitReached) {
            throw new RepeatedFailureException(failing.sentence() + ". The query has failed " + lasting
                    + " times with errors that a retry cannot fix, as often as weir.pipeline.max-failures allows,"
                    + " without completing a batch in between. Repair what the message names (a larger heap if memory"
                    + " ran out; in Cassandra, the table, permission or limit that makes it refuse a request), then"
                    + " start again: reading resumes from the ledgers, and nothing is lost");
        }
        if (Integer.bitCount(failures) == 1) {
            notices.accept(failing.sentence() + ". It is restarted" + until(isTransient));
        }
    }

    private String until(boolean isTransient) {
        if (isTransient) {
            return " until it succeeds";
        }
        return limit == null ? "" : "; " + limit + " such failures without a completed batch end the pipeline";
    }
}
