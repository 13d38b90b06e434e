package io.weir.metricconsumer;

import io.weir.storage.FailingQuery;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What is known of one query's failures since it last completed a batch: counts them, tells the operator, and ends a loop of
 * restarts that cannot succeed. A query whose failures have no completed batch in between has read the same records each
 * time, so failures that repeating cannot mend count as identical whatever their messages say. Thread-safe.
 */
final class QueryFailures {

    private final String topic;
    private final String query;
    private final @Nullable Integer limit;
    private final Clock clock;
    private final Consumer<String> notices;
    private @Nullable FailingQuery state;

    /**
     * @param limit so many failures that repeating cannot mend end the loop; null for none
     * @param notices is told, in one line, of the 1st, 2nd, 4th, 8th … failure, and when the query gets on again
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

    /** Returns the state since the last completed batch; empty if nothing has happened since. */
    synchronized Optional<FailingQuery> state() {
        return Optional.ofNullable(state);
    }

    /** Goes on from the state in which an earlier process has left the query. */
    synchronized void resume(FailingQuery before) {
        state = before;
    }

    /**
     * Counts a failure.
     *
     * @throws RepeatedFailureException if it is one too many; the next start may try as often
     */
    void failed(Throwable failure) {
        FailureCause cause = new FailureCause(failure);
        Optional<SourceFailedException> in = cause.inSource();
        count(
                cause.message(),
                cause.mayPass(),
                in.map(SourceFailedException::source).orElse(null),
                in.map(SourceFailedException::partition).orElse(null));
    }

    /**
     * Counts the end of a process that had completed no batch.
     *
     * @throws RepeatedFailureException if it is one too many; the next start may try as often
     */
    void crashed() {
        count(
                "the process of the pipeline has ended without closing its run: it ran out of memory, was killed, or lost"
                        + " its machine",
                false,
                null,
                null);
    }

    /** The query has completed a batch, or has found nothing to do. */
    synchronized void gotOn() {
        if (state != null && state.hasFailed()) {
            notices.accept("the query " + query + " of the topic " + topic + " gets on again, after " + state.failures()
                    + " failures since " + state.since());
        }
        state = null;
    }

    private synchronized void count(
            String message, boolean mayPass, @Nullable Integer source, @Nullable Integer partition) {
        Instant now = clock.instant();
        FailingQuery before = state == null ? FailingQuery.starting(topic, query, now) : state;
        Instant since = before.hasFailed() ? before.since() : now;
        int failures = before.failures() + 1;
        int lasting = before.lasting() + (mayPass ? 0 : 1);
        boolean last = limit != null && lasting >= limit;
        FailingQuery failing =
                new FailingQuery(topic, query, since, now, failures, last ? 0 : lasting, message, source, partition);
        state = failing;
        if (last) {
            throw new RepeatedFailureException(failing.sentence() + ". The query has failed " + lasting
                    + " times in a way that repeating cannot mend, as often as weir.pipeline.max-failures allows, without"
                    + " completing a batch in between. Mend what the message names (more heap where memory ran out; in"
                    + " Cassandra, the table, the right or the limit that refuses a request), then start again: reading"
                    + " resumes from the ledgers, and nothing is lost");
        }
        if (Integer.bitCount(failures) == 1) {
            notices.accept(failing.sentence() + ". It is started again" + until(mayPass));
        }
    }

    private String until(boolean mayPass) {
        if (mayPass) {
            return " until that has passed";
        }
        return limit == null ? "" : "; " + limit + " such failures without a completed batch end the pipeline";
    }
}
