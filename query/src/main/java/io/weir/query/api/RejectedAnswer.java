package io.weir.query.api;

import io.weir.core.reading.RejectReason;
import io.weir.query.ShownRejection;
import io.weir.query.api.AnswerWriter.Column;
import io.weir.storage.StoredRejection;
import io.weir.storage.read.RejectedFilter;
import io.weir.storage.read.RejectedMark;
import io.weir.storage.read.SourceLedger;
import java.io.IOException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Handles {@code /rejected}: rejected readings with their reasons. */
final class RejectedAnswer {

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
    private static final String KIND = "rejected";

    private final ServedSystem system;

    RejectedAnswer(ServedSystem system) {
        this.system = system;
    }

    Route route() {
        return Route.get(
                "/rejected",
                "Rejected readings with reason and payload.",
                "Rejected",
                List.of(
                        TOPIC,
                        PARTITION,
                        Parameters.REASON,
                        FROM,
                        TO,
                        REDRIVEN,
                        LIMIT,
                        CURSOR,
                        Parameters.FORMAT,
                        Parameters.QUOTE_FORMULAS),
                this::answer);
    }

    private void answer(Request request) throws IOException {
        Selection.requireAll(request.caller());
        List<SourceLedger> sources = system.tables().ledgers().readAll();
        Map<Integer, Integer> partitions =
                sources.stream().collect(Collectors.toMap(SourceLedger::source, SourceLedger::partition));
        int limit = request.value(LIMIT);
        List<StoredRejection> found;
        try (Stream<StoredRejection> rows = system.tables().rejected().list(filter(request, sources, limit + 1L))) {
            found = rows.toList();
        }
        boolean isMore = found.size() > limit;
        List<StoredRejection> page = isMore ? found.subList(0, limit) : found;
        String next = isMore ? text(RejectedMark.of(page.get(limit - 1))) : null;
        request.settled(false);
        request.next(next);
        List<Column> columns = columns();
        request.answer(columns, writer -> {
            writer.beginItems("rejected");
            for (StoredRejection row : page) {
                writer.item(fields(ShownRejection.of(row, partitions.getOrDefault(row.source(), -1))));
            }
            writer.end();
            writer.field("next", next);
        });
    }

    private RejectedFilter filter(Request request, List<SourceLedger> sources, long limit) {
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
                limit,
                request.optional(CURSOR).map(RejectedAnswer::mark).orElse(null));
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

    private static String text(RejectedMark mark) {
        return CursorText.write(
                KIND, mark.topic(), mark.day().toEpochDay(), mark.source(), mark.offset(), mark.index());
    }

    private static RejectedMark mark(String text) {
        CursorText.Reader fields = CursorText.read(KIND, text);
        String topic = fields.text();
        long day = fields.number();
        if (Math.abs(day) > 4_000_000) {
            throw CursorText.wrong();
        }
        return new RejectedMark(
                topic, LocalDate.ofEpochDay(day), (int) fields.number(), fields.number(), (int) fields.number());
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
                        "payloadSize",
                        "keySize",
                        "cut",
                        "recordTime",
                        "redriven")
                .map(Column::plain)
                .toList();
    }

    private static Map<String, Object> fields(ShownRejection shown) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("topic", shown.topic());
        fields.put("partition", (long) shown.partition());
        fields.put("offset", shown.offset());
        fields.put("index", (long) shown.index());
        fields.put("reason", shown.reason());
        fields.put("detail", shown.detail());
        fields.put("detailSize", (long) shown.detailSize());
        fields.put("payload", shown.payload());
        fields.put("payloadSize", (long) shown.payloadSize());
        fields.put("keySize", shown.keySize() == null ? null : shown.keySize().longValue());
        fields.put("cut", shown.cut());
        fields.put("recordTime", shown.recordTime());
        fields.put("redriven", shown.redriven());
        return fields;
    }
}
