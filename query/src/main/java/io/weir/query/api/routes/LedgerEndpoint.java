package io.weir.query.api.routes;

import io.weir.core.fold.port.Ledger;
import io.weir.query.api.http.Request;
import io.weir.query.api.http.Route;
import io.weir.query.status.PipelineState;
import io.weir.query.status.PipelineWatch;
import io.weir.query.status.SharedDevices;
import io.weir.storage.ledger.SourceLedger;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Handles {@code /ledger}: the outcome of every reading, and the progress of the pipeline. */
public final class LedgerEndpoint {

    /**
     * The ledger of one source.
     *
     * @param state live or retired
     * @param endOffset the log's end offset; null if the log is gone or Kafka did not answer
     * @param lag the number of records that are not yet applied
     * @param appliedThrough the time such that all records appended to the log before it are applied; null while
     *     unknown
     */
    record Source(
            int source,
            String topic,
            int partition,
            String state,
            long received,
            long stored,
            long duplicate,
            Map<String, Long> rejected,
            long throughOffset,
            @Nullable Long endOffset,
            @Nullable Long lag,
            @Nullable Instant appliedThrough) {}

    /** The sums over all sources. */
    record Totals(long received, long stored, long duplicate, Map<String, Long> rejected) {}

    /**
     * The ledgers of all sources.
     *
     * @param readAt when the ledgers were read
     * @param devicesInTwoSources devices that more than one live source stores; null while unknown
     */
    public record Shown(
            Instant readAt,
            List<Source> sources,
            Totals totals,
            boolean logReachable,
            @Nullable SharedDevices devicesInTwoSources) {

        /** Returns whether the other answer tells the same, though it was read at another time. */
        public boolean tellsTheSameAs(@Nullable Shown other) {
            return other != null
                    && equals(new Shown(
                            readAt, other.sources, other.totals, other.logReachable, other.devicesInTwoSources));
        }
    }

    private final PipelineWatch watch;

    public LedgerEndpoint(PipelineWatch watch) {
        this.watch = watch;
    }

    public Route route() {
        return Route.get(
                "/ledger",
                "The outcome of every reading by source, and the lag of each source.",
                "Ledger",
                List.of(),
                this::answer);
    }

    private void answer(Request request) throws IOException {
        Selection.requireAll(request.caller());
        request.settled(false);
        request.answer(shown(watch.latest()));
    }

    public static Shown shown(PipelineState state) {
        List<Source> sources = new ArrayList<>();
        Map<String, Long> rejected = new TreeMap<>();
        long received = 0;
        long stored = 0;
        long duplicate = 0;
        for (SourceLedger source : state.sources()) {
            Source shown = shown(source, state);
            sources.add(shown);
            received += shown.received();
            stored += shown.stored();
            duplicate += shown.duplicate();
            shown.rejected().forEach((reason, count) -> rejected.merge(reason, count, Long::sum));
        }
        return new Shown(
                state.seen(),
                sources,
                new Totals(received, stored, duplicate, rejected),
                state.logEnds() != null,
                state.devicesInTwoSources());
    }

    private static Source shown(SourceLedger source, PipelineState state) {
        Ledger ledger = source.ledger();
        Map<String, Long> rejected = new LinkedHashMap<>();
        ledger.rejected().forEach((reason, count) -> rejected.put(reason.code(), count));
        Map<Integer, Long> ends = state.logEnds();
        Long end = ends == null || !source.isLive() ? null : ends.get(source.source());
        Long applied = state.appliedThrough().get(source.source());
        return new Source(
                source.source(),
                source.topic(),
                source.partition(),
                source.isLive() ? "live" : "retired",
                ledger.received(),
                ledger.stored(),
                ledger.duplicate(),
                rejected,
                ledger.throughOffset(),
                end,
                lag(source, end),
                applied == null ? null : Instant.ofEpochMilli(applied));
    }

    private static @Nullable Long lag(SourceLedger source, @Nullable Long end) {
        if (!source.isLive()) {
            return 0L;
        }
        return end == null
                ? null
                : Long.valueOf(Math.max(0, end - source.ledger().throughOffset() - 1));
    }
}
