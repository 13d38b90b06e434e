package io.weir.query.api.routes;

import com.fasterxml.jackson.annotation.JsonValue;
import io.weir.query.api.http.Problem;
import io.weir.query.api.http.ProblemException;
import io.weir.query.api.http.Request;
import io.weir.query.api.http.Route;
import io.weir.query.status.LogView;
import io.weir.query.status.PipelineState;
import io.weir.query.status.PipelineView;
import io.weir.query.status.PipelineWatch;
import io.weir.storage.ledger.SourceLedger;
import io.weir.storage.run.FailingQuery;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Handles the health routes. */
public final class Health {

    /** A pipeline whose freshness is older than this is down, or too slow. */
    private static final Duration BEHIND = Duration.ofMinutes(1);

    /** An answer that is older than this, beyond the pause between two polls, is stale. */
    private static final Duration OVERDUE = Duration.ofSeconds(5);

    /** What is known about a part. */
    enum State {
        /** The part works, as far as its latest answer says. */
        UP,
        /** The part does not work: it did not answer, or says so itself. */
        DOWN,
        /** The part was up at its latest answer, and the next one is overdue. */
        STALE,
        /** The part cannot be judged, because another part does not answer. */
        UNKNOWN;

        @JsonValue
        String text() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * The health of a part, with an explanation.
     *
     * @param seen when the part, or the tables that tell about it, last answered; null if they have not
     */
    record Part(State state, String detail, @Nullable Instant seen) {}

    /** The three parts. */
    record Parts(Part kafka, Part cassandra, Part pipeline) {}

    private final PipelineWatch watch;
    private final Clock clock;
    private final Duration stale;
    private final boolean open;

    /**
     * @param refresh the pause between two polls of the watch
     * @param open whether authentication is off: then details that may quote a record are shown to everyone
     */
    public Health(PipelineWatch watch, Clock clock, Duration refresh, boolean open) {
        this.watch = watch;
        this.clock = clock;
        this.stale = refresh.plus(OVERDUE);
        this.open = open;
    }

    public List<Route> routes() {
        return List.of(
                Route.get(
                        "/health/parts",
                        "The health of Kafka, Cassandra and the pipeline.",
                        "Parts",
                        List.of(),
                        this::parts),
                Route.open("/health/live", "Liveness: whether this server answers.", "Status", List.of(), this::live),
                Route.open(
                        "/health/ready",
                        "Readiness: whether this server can answer queries, and no query of a running pipeline is"
                                + " failing; otherwise 503 with the reason.",
                        "Status",
                        List.of(),
                        this::ready));
    }

    private void parts(Request request) throws IOException {
        request.settled(false);
        request.answer(parts(request.caller().mayReadAll()));
    }

    private void live(Request request) throws IOException {
        request.context().header("Cache-Control", "no-store");
        request.answer(Map.of("status", "up"));
    }

    private void ready(Request request) throws IOException {
        request.context().header("Cache-Control", "no-store");
        Part cassandra = parts(open).cassandra();
        if (cassandra.state() != State.UP) {
            throw ProblemException.of(Problem.Kind.UNAVAILABLE, cassandra.detail());
        }
        PipelineState state = watch.latest();
        Optional<String> failing =
                sentences(state.failing().stream().filter(state::isRunning).map(query -> told(query, open)));
        if (failing.isPresent()) {
            throw ProblemException.of(Problem.Kind.UNAVAILABLE, failing.get());
        }
        request.answer(Map.of("status", "up"));
    }

    private Parts parts(boolean all) {
        return parts(watch.view(), clock.instant(), stale, all);
    }

    /**
     * Judges each part by its own latest answer.
     *
     * @param stale the age at which an answer says nothing about the present any more
     * @param all whether details may quote a record
     */
    static Parts parts(PipelineView view, Instant now, Duration stale, boolean all) {
        Part kafka = kafka(view.log(), now, stale);
        Part cassandra = cassandra(view, now, stale);
        return new Parts(kafka, cassandra, pipeline(view.state(), kafka, cassandra, all));
    }

    private static Part cassandra(PipelineView view, Instant now, Duration stale) {
        PipelineState state = view.state();
        Instant seen = state == null ? null : state.seen();
        if (seen == null || !view.tablesAnswer()) {
            return new Part(State.DOWN, "Cassandra does not answer", seen);
        }
        Duration age = Duration.between(seen, now);
        return age.compareTo(stale) > 0
                ? new Part(State.STALE, "the ledgers were last read " + age.toSeconds() + " s ago", seen)
                : new Part(State.UP, "the ledgers can be read", seen);
    }

    private static Part kafka(LogView log, Instant now, Duration stale) {
        Instant seen = log.answered();
        if (!log.answers()) {
            return log.isAsked()
                    ? new Part(State.DOWN, "Kafka does not answer", seen)
                    : new Part(State.UNKNOWN, "not asked yet", null);
        }
        Duration age = Duration.between(Objects.requireNonNull(seen), now);
        return age.compareTo(stale) > 0
                ? new Part(State.STALE, "the end offsets were last read " + age.toSeconds() + " s ago", seen)
                : new Part(State.UP, "the end offsets of the logs can be read", seen);
    }

    private static Optional<String> failing(PipelineState state, boolean all) {
        return sentences(state.failing().stream()
                .map(query -> told(query, all) + (state.isRunning(query) ? "" : ". Its pipeline has shut down")));
    }

    private static String told(FailingQuery query, boolean all) {
        return all ? query.sentence() : query.summary();
    }

    private static Optional<String> sentences(Stream<String> all) {
        return all.reduce((first, next) -> first + "; " + next);
    }

    private static Part pipeline(@Nullable PipelineState state, Part kafka, Part cassandra, boolean all) {
        if (state == null || cassandra.state() != State.UP) {
            return new Part(State.UNKNOWN, "unknown while Cassandra does not answer", cassandra.seen());
        }
        Instant seen = state.seen();
        Optional<String> failing = failing(state, all);
        if (failing.isPresent()) {
            return new Part(State.DOWN, failing.get(), seen);
        }
        if (state.sources().isEmpty()) {
            return new Part(State.UNKNOWN, "no source has been read yet", seen);
        }
        if (kafka.state() != State.UP) {
            return new Part(State.UNKNOWN, "unknown while Kafka does not answer", seen);
        }
        Optional<SourceLedger> behind = state.sources().stream()
                .filter(SourceLedger::isLive)
                .filter(source -> isBehind(source, state))
                .findFirst();
        return behind.map(source -> new Part(
                        State.DOWN,
                        source.topic() + " partition " + source.partition() + " has records that were not applied"
                                + " within "
                                + BEHIND.toSeconds() + " s",
                        seen))
                .orElseGet(() -> new Part(State.UP, "all sources are up to date", seen));
    }

    /** A source with unknown freshness has not been observed long enough to be called behind. */
    private static boolean isBehind(SourceLedger source, PipelineState state) {
        Long applied = state.appliedThrough().get(source.source());
        return applied != null && Instant.ofEpochMilli(applied).plus(BEHIND).isBefore(state.seen());
    }
}
