package io.weir.query.api.stream;

import io.weir.core.fold.port.TablesException;
import io.weir.core.rollup.Resolution;
import io.weir.core.rollup.Window;
import io.weir.core.rollup.WindowCalendar;
import io.weir.query.RollupFunction;
import io.weir.query.RollupQuery;
import io.weir.query.Span;
import io.weir.query.WindowRollup;
import io.weir.query.WindowValues;
import io.weir.query.api.http.Problem;
import io.weir.query.api.http.ProblemException;
import io.weir.query.api.routes.ServedSystem;
import io.weir.query.status.PipelineState;
import io.weir.storage.ledger.SourceLedger;
import io.weir.storage.read.ScopedMetric;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Reads the newest windows of the series that event streams watch. Each series is read once per state of the pipeline,
 * independent of the number of streams, and only if the ledgers have changed, because every written rollup is followed
 * by a ledger. The number of series is limited. Thread-safe.
 */
final class SeriesPolls {

    /** Readings may be slightly ahead of the clock. */
    private static final long AHEAD = Duration.ofHours(1).toMillis();

    /** The key of a poll, which all streams with the same request share. */
    record Key(ScopedMetric of, Resolution resolution, List<RollupFunction> functions) {}

    private final ServedSystem system;
    private final int maxSeries;
    private final Map<Key, Poll> polls = new HashMap<>();

    SeriesPolls(ServedSystem system, int maxSeries) {
        this.system = system;
        this.maxSeries = maxSeries;
    }

    /**
     * Watches series until {@link #release}.
     *
     * @throws ProblemException if the limit would be exceeded; none of them is then watched
     */
    synchronized void watch(Set<Key> keys) {
        long added = keys.stream().filter(key -> !polls.containsKey(key)).count();
        if (polls.size() + added > maxSeries) {
            throw ProblemException.overLimit(
                    Problem.Kind.OVERLOADED,
                    "max-stream-series",
                    "the event streams would watch " + (polls.size() + added) + " series; load.max-stream-series is "
                            + maxSeries + ": request fewer, or retry later");
        }
        keys.forEach(key -> polls.computeIfAbsent(key, Poll::new).watchers++);
    }

    synchronized void release(Collection<Key> keys) {
        keys.forEach(key -> polls.computeIfPresent(key, (same, poll) -> --poll.watchers == 0 ? null : poll));
    }

    /**
     * Returns the newest windows of a series in the given state or a later one; none if the series is no longer watched
     * because the client has just disconnected.
     *
     * @throws TablesException if they cannot be read now
     */
    List<WindowValues> newest(Key key, PipelineState state) {
        Poll poll;
        synchronized (this) {
            poll = polls.get(key);
        }
        return poll == null ? List.of() : poll.at(state);
    }

    /** Returns the start of the window before the current one. */
    private Span newest(Resolution resolution, long now) {
        WindowCalendar calendar = new WindowCalendar(system.zone());
        Window present = calendar.windowOf(resolution, now);
        return new Span(calendar.windowOf(resolution, present.start() - 1).start(), now + AHEAD);
    }

    private final class Poll {

        private final Key key;

        /** Guarded by the enclosing object. */
        private int watchers;

        private Instant seen = Instant.MIN;
        private long from;
        private @Nullable List<SourceLedger> ledgers;
        private List<WindowValues> windows = List.of();
        private @Nullable TablesException failure;

        Poll(Key key) {
            this.key = key;
        }

        synchronized List<WindowValues> at(PipelineState state) {
            if (state.seen().isAfter(seen)) {
                seen = state.seen();
                Span span = newest(key.resolution, seen.toEpochMilli());
                if (failure != null || !state.sources().equals(ledgers) || span.from() != from) {
                    read(span);
                    from = span.from();
                    ledgers = state.sources();
                }
            }
            if (failure != null) {
                throw new TablesException(String.valueOf(failure.getMessage()), failure);
            }
            return windows;
        }

        private void read(Span span) {
            List<WindowValues> found = new ArrayList<>();
            try (Stream<WindowRollup> rollups =
                    new RollupQuery(system.tables().rollups()).windows(key.of, key.resolution, span)) {
                for (Iterator<WindowRollup> i = rollups.iterator(); i.hasNext(); ) {
                    WindowRollup window = i.next();
                    List<Object> values = new ArrayList<>();
                    key.functions.forEach(function -> values.add(function.of(window.rollup())));
                    found.add(new WindowValues(window.window(), window.rollup().count(), values, false));
                }
                windows = found;
                failure = null;
            } catch (TablesException e) {
                failure = e;
            }
        }
    }
}
