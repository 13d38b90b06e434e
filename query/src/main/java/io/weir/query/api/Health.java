package io.weir.query.api;

import io.weir.core.fold.TablesException;
import io.weir.query.PipelineState;
import io.weir.query.PipelineWatch;
import io.weir.storage.FailingQuery;
import io.weir.storage.read.SourceLedger;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Handles the health routes. */
final class Health {

    /** A pipeline whose freshness is older than this is down, or too slow. */
    private static final Duration BEHIND = Duration.ofMinutes(1);

    /** State older than this is stale. */
    private static final Duration STALE = Duration.ofSeconds(30);

    /** The health of a part, with an explanation. */
    record Part(boolean up, String detail) {}

    /** The three parts. */
    record Parts(Part kafka, Part cassandra, Part pipeline) {}

    private final PipelineWatch watch;
    private final Clock clock;
    private final boolean open;

    /** @param open whether authentication is off: then details that may quote a record are shown to everyone */
    Health(PipelineWatch watch, Clock clock, boolean open) {
        this.watch = watch;
        this.clock = clock;
        this.open = open;
    }

    List<Route> routes() {
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
        if (!cassandra.up()) {
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
        try {
            PipelineState state = watch.latest();
            return new Parts(kafka(state), cassandra(state), pipeline(state, all));
        } catch (TablesException e) {
            Part unknown = new Part(false, "unknown while Cassandra does not answer");
            return new Parts(unknown, new Part(false, "Cassandra does not answer"), unknown);
        }
    }

    private Part cassandra(PipelineState state) {
        Duration age = Duration.between(state.seen(), clock.instant());
        return age.compareTo(STALE) > 0
                ? new Part(false, "the ledgers were last read " + age.toSeconds() + " s ago")
                : new Part(true, "the ledgers can be read");
    }

    private static Part kafka(PipelineState state) {
        return state.logEnds() == null
                ? new Part(false, "Kafka does not answer")
                : new Part(true, "the end offsets of the logs can be read");
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

    private static Part pipeline(PipelineState state, boolean all) {
        Optional<String> failing = failing(state, all);
        if (failing.isPresent()) {
            return new Part(false, failing.get());
        }
        if (state.sources().isEmpty()) {
            return new Part(false, "no source has been read yet");
        }
        if (state.logEnds() == null) {
            return new Part(false, "unknown while Kafka does not answer");
        }
        Optional<SourceLedger> behind = state.sources().stream()
                .filter(SourceLedger::isLive)
                .filter(source -> isBehind(source, state))
                .findFirst();
        return behind.map(source -> new Part(
                        false,
                        source.topic() + " partition " + source.partition() + " has records that were not applied"
                                + " within "
                                + BEHIND.toSeconds() + " s"))
                .orElseGet(() -> new Part(true, "all sources are up to date"));
    }

    /** A source with unknown freshness has not been observed long enough to be called behind. */
    private static boolean isBehind(SourceLedger source, PipelineState state) {
        Long applied = state.appliedThrough().get(source.source());
        return applied != null && Instant.ofEpochMilli(applied).plus(BEHIND).isBefore(state.seen());
    }
}
