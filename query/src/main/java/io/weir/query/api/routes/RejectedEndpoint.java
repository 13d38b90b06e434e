package io.weir.query.api.routes;

import io.weir.core.fold.port.ElementPosition;
import io.weir.core.fold.port.RejectedReading;
import io.weir.core.reading.RejectReason;
import io.weir.query.ShownRejection;
import io.weir.query.api.format.ResponseWriter.Column;
import io.weir.query.api.http.Parameter;
import io.weir.query.api.http.Parameters;
import io.weir.query.api.http.Request;
import io.weir.query.api.http.Route;
import io.weir.storage.ledger.SourceLedger;
import io.weir.storage.rejected.RejectedFilter;
import io.weir.storage.rejected.RejectedPlaces;
import io.weir.storage.rejected.StoredRejection;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Handles {@code /rejected} and {@code /rejected/count}: rejected readings with their reasons. */
public final class RejectedEndpoint {

    static final Parameter<String> TOPIC = Parameters.text("topic", 249, "Only readings of this topic.");
    static final Parameter<Integer> PARTITION = Parameters.wholeNumber(
            "partition", null, 0, Integer.MAX_VALUE, "Only readings of this partition of a topic.");

    private static final Parameter<String> FROM =
            Parameters.time("from", null, "Only records with this Kafka timestamp or a later one.");
    private static final Parameter<String> TO =
            Parameters.time("to", null, "Only records with an earlier Kafka timestamp.");
    private static final Parameter<Boolean> REDRIVEN =
            Parameters.flag("redriven", null, "true for redriven readings, false for open ones; by default both.");
    private static final Parameter<Integer> LIMIT =
            Parameters.wholeNumber("limit", "100", 1, 1000, "The maximum number of rejected readings on a page.");
    private static final Parameter<String> CURSOR = Parameters.cursor();
    private static final Parameter<String> SEARCH = Parameter.single(
            "search",
            null,
            Map.of("type", "string", "maxLength", 256),
            "Only readings whose payload or key contains this text, such as the name of a device, case-insensitively.",
            text -> text.toLowerCase(Locale.ROOT));
    private static final String KIND = "rejected";

    /** More readings are not counted. */
    private static final int MAX_COUNTED = 100_000;

    /** The most sources that a cursor can hold. */
    private static final int MAX_PLACES = 10_000;

    /** The answer of {@code /rejected/count}. */
    record Count(long count, boolean more) {}

    private final ServedSystem system;

    public RejectedEndpoint(ServedSystem system) {
        this.system = system;
    }

    public List<Route> routes() {
        return List.of(
                Route.get(
                        "/rejected",
                        "Rejected readings with reason and payload, newest first.",
                        "Rejected",
                        List.of(
                                TOPIC,
                                PARTITION,
                                Parameters.REASON,
                                FROM,
                                TO,
                                REDRIVEN,
                                SEARCH,
                                LIMIT,
                                CURSOR,
                                Parameters.FORMAT,
                                Parameters.QUOTE_FORMULAS),
                        this::list),
                Route.get(
                        "/rejected/count",
                        "The number of rejected readings, such as those that a redrive would publish again.",
                        "RejectedCount",
                        List.of(TOPIC, PARTITION, Parameters.REASON, FROM, TO, REDRIVEN, SEARCH),
                        this::count));
    }

    private void count(Request request) throws IOException {
        Selection.requireAll(request.caller());
        try (Stream<StoredRejection> rows =
                rows(request, system.tables().ledgers().readAll(), RejectedPlaces.NONE)) {
            long found = rows.limit(MAX_COUNTED + 1L).count();
            request.settled(false);
            request.answer(new Count(Math.min(found, MAX_COUNTED), found > MAX_COUNTED));
        }
    }

    private void list(Request request) throws IOException {
        Selection.requireAll(request.caller());
        List<SourceLedger> sources = system.tables().ledgers().readAll();
        Map<Integer, Integer> partitions =
                sources.stream().collect(Collectors.toMap(SourceLedger::source, SourceLedger::partition));
        int limit = request.value(LIMIT);
        RejectedPlaces after =
                request.optional(CURSOR).map(RejectedEndpoint::places).orElse(RejectedPlaces.NONE);
        List<StoredRejection> found;
        try (Stream<StoredRejection> rows = rows(request, sources, after)) {
            found = rows.limit(limit + 1L).toList();
        }
        boolean isMore = found.size() > limit;
        List<StoredRejection> page = isMore ? found.subList(0, limit) : found;
        String next = isMore ? text(after.after(page)) : null;
        request.settled(false);
        request.next(next);
        List<Column> columns = columns();
        request.answer(columns, writer -> {
            writer.beginItems("rejected");
            for (StoredRejection row : page) {
                writer.item(fields(row, ShownRejection.of(row, partitions.getOrDefault(row.source(), -1))));
            }
            writer.end();
            writer.field("next", next);
        });
    }

    private Stream<StoredRejection> rows(Request request, List<SourceLedger> sources, RejectedPlaces after) {
        String search = request.optional(SEARCH).orElse("");
        return system.tables()
                .rejected()
                .newest(filter(request, sources), after)
                .peek(row -> request.deadline().check())
                .filter(row -> search.isEmpty() || contains(row.rejected(), search));
    }

    private static boolean contains(RejectedReading rejected, String search) {
        byte[] key = rejected.key();
        return Parameters.contains(text(rejected.rejection().payload()), search)
                || (key != null && Parameters.contains(text(key), search));
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }

    private RejectedFilter filter(Request request, List<SourceLedger> sources) {
        Set<RejectReason> reasons = Set.copyOf(request.values(Parameters.REASON));
        return new RejectedFilter(
                request.optional(TOPIC).orElse(null),
                request.optional(PARTITION)
                        .map(partition -> sourcesOf(partition, sources))
                        .orElse(null),
                time(request, FROM),
                time(request, TO),
                reasons.isEmpty() ? null : reasons,
                request.optional(REDRIVEN).orElse(null),
                Long.MAX_VALUE);
    }

    static Set<Integer> sourcesOf(int partition, List<SourceLedger> sources) {
        return sources.stream()
                .filter(source -> source.partition() == partition)
                .map(SourceLedger::source)
                .collect(Collectors.toSet());
    }

    private @Nullable Instant time(Request request, Parameter<String> parameter) {
        return Selection.optionalTime(request, parameter, system.clock())
                .map(Instant::ofEpochMilli)
                .orElse(null);
    }

    private static String text(RejectedPlaces places) {
        List<Object> fields = new ArrayList<>(
                List.of(places.day().toEpochDay(), (long) places.positions().size()));
        places.positions().forEach((of, position) -> {
            fields.add(of.topic());
            fields.add((long) of.source());
            fields.add(position.offset());
            fields.add((long) position.index());
        });
        return CursorText.write(KIND, fields.toArray());
    }

    private static RejectedPlaces places(String text) {
        CursorText.Reader fields = CursorText.read(KIND, text);
        long day = fields.number();
        long count = fields.number();
        if (Math.abs(day) > 4_000_000 || count < 0 || count > MAX_PLACES) {
            throw CursorText.wrong();
        }
        Map<RejectedPlaces.OfTopic, ElementPosition> positions = new HashMap<>();
        for (long i = 0; i < count; i++) {
            positions.put(
                    new RejectedPlaces.OfTopic(fields.text(), (int) fields.number()),
                    new ElementPosition(fields.number(), (int) fields.number()));
        }
        return new RejectedPlaces(LocalDate.ofEpochDay(day), positions);
    }

    private static List<Column> columns() {
        return Stream.of(
                        "topic",
                        "partition",
                        "offset",
                        "index",
                        "reason",
                        "detail",
                        "detailSize",
                        "payload",
                        "payloadBase64",
                        "payloadSize",
                        "keySize",
                        "cut",
                        "recordTime",
                        "redriven",
                        "redrivable")
                .map(Column::plain)
                .toList();
    }

    private static Map<String, Object> fields(StoredRejection row, ShownRejection shown) {
        byte[] payload = row.rejected().rejection().payload();
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("topic", shown.topic());
        fields.put("partition", (long) shown.partition());
        fields.put("offset", shown.offset());
        fields.put("index", (long) shown.index());
        fields.put("reason", shown.reason());
        fields.put("detail", shown.detail());
        fields.put("detailSize", (long) shown.detailSize());
        fields.put("payload", shown.payload());
        fields.put(
                "payloadBase64",
                Arrays.equals(payload, shown.payload().getBytes(StandardCharsets.UTF_8))
                        ? null
                        : Base64.getEncoder().encodeToString(payload));
        fields.put("payloadSize", (long) shown.payloadSize());
        fields.put("keySize", shown.keySize() == null ? null : shown.keySize().longValue());
        fields.put("cut", shown.cut());
        fields.put("recordTime", shown.recordTime());
        fields.put("redriven", shown.redriven());
        fields.put(
                "redrivable",
                shown.redriven() == null && row.rejected().rejection().reason().dependsOnSettings());
        return fields;
    }
}
