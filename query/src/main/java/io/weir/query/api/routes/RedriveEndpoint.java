package io.weir.query.api.routes;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.weir.core.reading.RejectReason;
import io.weir.query.api.format.JsonFault;
import io.weir.query.api.http.ProblemException;
import io.weir.query.api.http.Request;
import io.weir.query.api.http.Route;
import io.weir.query.api.http.TimeText;
import io.weir.query.json.RequestJson;
import io.weir.storage.ledger.SourceLedger;
import io.weir.storage.rejected.RejectedFilter;
import io.weir.storage.rejected.StoredRejection;
import java.io.IOException;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Handles the redrive of rejected readings, for authorized callers. */
public final class RedriveEndpoint {

    private static final ObjectMapper MAPPER =
            RequestJson.mapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);
    private static final int MAX_READINGS = 1000;

    /**
     * The body of a request: single rejected readings, or all open ones that match a filter.
     *
     * @param from in ISO-8601 or relative, as in parameters
     */
    record RedriveRequest(
            @Nullable List<Position> readings,
            @Nullable String topic,
            @Nullable Integer partition,
            @Nullable String reason,
            @Nullable String from,
            @Nullable String to) {}

    /** The position of one rejected reading. */
    record Position(String topic, int partition, long offset, int index) {}

    private final ServedSystem system;

    public RedriveEndpoint(ServedSystem system) {
        this.system = system;
    }

    public Route route() {
        return Route.post(
                "/rejected/redrive",
                "Publishes open rejected readings again, after their cause is fixed.",
                "Redriven",
                "Redrive",
                this::answer);
    }

    private void answer(Request request) throws IOException {
        Selection.requireAll(request.caller());
        RedriveRequest asked = asked(request.context().body());
        List<SourceLedger> sources = system.tables().ledgers().readAll();
        request.settled(false);
        request.answer(system.redriver().redrive(filter(asked, sources), chosen(asked, sources)));
    }

    private static RedriveRequest asked(String body) {
        RedriveRequest asked;
        try {
            asked = MAPPER.readValue(body, RedriveRequest.class);
        } catch (JsonProcessingException e) {
            throw wrong(JsonFault.of(e));
        }
        if (asked == null) {
            throw wrong("found null");
        }
        boolean filters = asked.topic != null
                || asked.partition != null
                || asked.reason != null
                || asked.from != null
                || asked.to != null;
        if (filters == (asked.readings != null)) {
            throw wrong("found " + (filters ? "both readings and a filter" : "neither readings nor a filter"));
        }
        if (asked.readings != null && (asked.readings.isEmpty() || asked.readings.size() > MAX_READINGS)) {
            throw wrong("found " + asked.readings.size() + " readings; expected 1 to " + MAX_READINGS);
        }
        return asked;
    }

    private RejectedFilter filter(RedriveRequest asked, List<SourceLedger> sources) {
        return new RejectedFilter(
                asked.topic,
                asked.partition == null ? null : RejectedEndpoint.sourcesOf(asked.partition, sources),
                time("from", asked.from),
                time("to", asked.to),
                asked.reason == null ? null : Set.of(reason(asked.reason)),
                false,
                Long.MAX_VALUE);
    }

    private static Predicate<StoredRejection> chosen(RedriveRequest asked, List<SourceLedger> sources) {
        if (asked.readings == null) {
            return row -> true;
        }
        Set<Position> wanted = new HashSet<>(asked.readings);
        Map<Integer, Integer> partitions = new HashMap<>();
        sources.forEach(source -> partitions.put(source.source(), source.partition()));
        return row -> wanted.contains(new Position(
                row.topic(),
                partitions.getOrDefault(row.source(), -1),
                row.rejected().offset(),
                row.rejected().index()));
    }

    private @Nullable Instant time(String name, @Nullable String text) {
        try {
            return text == null ? null : Instant.ofEpochMilli(TimeText.millis(text, system.clock()));
        } catch (IllegalArgumentException e) {
            throw wrong(name + ": " + e.getMessage());
        }
    }

    private static RejectReason reason(String code) {
        try {
            return RejectReason.ofCode(code);
        } catch (IllegalArgumentException e) {
            throw wrong("reason: " + e.getMessage());
        }
    }

    private static ProblemException wrong(String found) {
        return ProblemException.parameter(
                "body",
                found + "; expected {\"readings\":[{\"topic\":…,\"partition\":…,\"offset\":…,\"index\":…}]}, or one or"
                        + " several of topic, partition, reason, from and to");
    }
}
