package io.weir.query.status;

import io.weir.storage.ledger.SourceLedger;
import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The end offsets of the logs, as Kafka last told them.
 *
 * @param answers whether Kafka answered the latest request; false before the first one
 * @param asked when the request for these end offsets was sent; null if no request was answered yet
 * @param answered when its response arrived; null if no request was answered yet
 * @param sources the sources that the latest request was about
 * @param ends the end offsets by source; a source whose log is gone is absent
 */
public record LogView(
        boolean answers,
        @Nullable Instant asked,
        @Nullable Instant answered,
        Set<Integer> sources,
        Map<Integer, Long> ends) {

    /** The view before the first request. */
    static final LogView NONE = new LogView(false, null, null, Set.of(), Map.of());

    public LogView {
        sources = Set.copyOf(sources);
        ends = Map.copyOf(ends);
    }

    /** Returns whether any request was sent and has ended, answered or not. */
    public boolean isAsked() {
        return !equals(NONE);
    }

    /** Returns whether a request about these sources has been sent, answered or not. */
    boolean covers(Collection<SourceLedger> all) {
        return isAsked() && all.stream().map(SourceLedger::source).allMatch(sources::contains);
    }

    /** Returns the view after a request about these sources that Kafka did not answer. */
    LogView unanswered(Set<Integer> about) {
        return new LogView(false, asked, answered, about, ends);
    }
}
