package io.weir.query.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.weir.core.fold.port.Ledger;
import io.weir.core.fold.port.RejectedReading;
import io.weir.core.fold.port.TablesException;
import io.weir.core.reading.Reading;
import io.weir.core.reading.RejectReason;
import io.weir.core.reading.Rejection;
import io.weir.query.access.Access;
import io.weir.query.access.AccessControl;
import io.weir.query.access.AccessScope;
import io.weir.query.access.Caller;
import io.weir.query.api.http.ResponseBody;
import io.weir.storage.ledger.SourceLedger;
import io.weir.storage.raw.RawReading;
import io.weir.storage.rejected.StoredRejection;
import java.io.IOException;
import java.io.InputStream;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Tests the API with many rows, with failures, and with restricted callers. */
class BoundsTest {

    private static final Caller OF_ONE_GROUP = new Caller("one", AccessScope.READ, Set.of("plant"));
    private static final AccessControl ONE_GROUP = new AccessControl() {
        @Override
        public Caller authenticate(@Nullable String authorization, String remoteAddress) {
            return OF_ONE_GROUP;
        }

        @Override
        public boolean isRequired() {
            return true;
        }
    };

    @Test
    void aCallerLimitedToAGroupSeesThatGroupAlone() throws Exception {
        try (ServedLists served = ServedLists.start(ServedLists.someReadings(1, 200), ONE_GROUP, Map.of())) {
            assertThat(served.json("/groups").get("groups")).hasSize(1);
            assertThat(served.json("/summary?group=plant&metric=heat").get("summaries"))
                    .hasSize(1);
            assertThat(served.json("/summary?device=d0&metric=heat").get("summaries"))
                    .hasSize(1);
            for (String path : List.of(
                    "/summary?group=a%2Fb%20%25&metric=heat",
                    "/rollups?device=d3&metric=heat",
                    "/rollups?device=d0&device=d3&metric=heat",
                    "/metrics?device=d3",
                    "/groups/a%2Fb%20%25/devices",
                    "/ledger",
                    "/rejected",
                    "/stream")) {
                HttpResponse<String> answer = served.get("/api/v1" + path, "Accept", "text/event-stream");
                assertThat(answer.statusCode()).as(path).isEqualTo(403);
                assertThat(answer.body()).contains("/problems/forbidden");
            }
            assertThat(served.post("/api/v1/rejected/redrive", "{\"reason\":\"conflict\"}")
                            .statusCode())
                    .isEqualTo(403);
        }
    }

    @Test
    void aNameHasAtMost256CharactersWhateverTheirWidth() throws Exception {
        try (ServedLists served = ServedLists.start(List.of())) {
            String wide = URLEncoder.encode("\ud83d\ude00".repeat(256), StandardCharsets.UTF_8);
            assertThat(served.get("/api/v1/metrics?device=" + wide).statusCode())
                    .isEqualTo(200);
            assertThat(served.get("/api/v1/groups/" + wide + "/devices").statusCode())
                    .isEqualTo(404);
            HttpResponse<String> answer = served.get("/api/v1/metrics?device=a" + wide);
            assertThat(answer.statusCode()).isEqualTo(400);
            assertThat(answer.body()).contains("found a name of 257 characters; expected 1 to 256");
        }
    }

    @Test
    void unreadableTablesMakeAnAnswerUnavailable() throws Exception {
        try (ServedLists served = ServedLists.start(List.of())) {
            served.tables.rollups.clear();
            failing(served);
            HttpResponse<String> answer = served.get("/api/v1/rollups?device=d&metric=m&resolution=hour");
            assertThat(answer.statusCode()).isEqualTo(503);
            assertThat(answer.body()).contains("/problems/unavailable").doesNotContain("node7");
        }
    }

    @Test
    void anAnswerThatFailsMidwayIsAborted() throws Exception {
        List<RawReading> many = new ArrayList<>();
        for (int i = 0; i < 9000; i++) {
            long time = ServedLists.NOW.minus(Duration.ofHours(9000 - i)).toEpochMilli();
            many.add(new RawReading(new Reading("d", "g", "m", time, i), 1, i));
        }
        try (ServedLists served = ServedLists.start(many)) {
            String question = "/api/v1/rollups?device=d&metric=m&resolution=hour&maxPoints=10000&from=-9001h";
            assertThat(served.get(question).body()).endsWith("]}]}").hasSizeGreaterThan(ResponseBody.HELD);
            failing(served);
            assertThatThrownBy(() -> served.get(question)).isInstanceOf(IOException.class);
            assertThatThrownBy(() -> served.get(question, "Accept-Encoding", "gzip"))
                    .isInstanceOf(IOException.class);
        }
    }

    @Test
    void anAnswerThatTakesTooLongNamesTheLimit() throws Exception {
        try (ServedLists served = ServedLists.start(
                ServedLists.someReadings(2, 50), Access.open(), Map.of("WEIR_API_TIME_LIMIT", "1 ns"))) {
            HttpResponse<String> answer = served.get("/api/v1/rollups?device=d0&metric=heat&resolution=day&from=-9d");
            assertThat(answer.statusCode()).isEqualTo(400);
            assertThat(answer.body()).contains("/problems/over-limit").contains("time-limit");
        }
    }

    @Test
    void aStreamBeginsWithLedgerAndWindowsAndStreamsAreLimited() throws Exception {
        long now = System.currentTimeMillis() - 1000;
        List<RawReading> readings = List.of(new RawReading(new Reading("d", "g", "m", now, 1.5), 1, 0));
        try (ServedLists served =
                ServedLists.live(readings, Map.of("WEIR_API_MAX_STREAMS", "1", "WEIR_API_REFRESH", "50 ms"))) {
            try (InputStream events = served.open("/api/v1/stream?device=d&metric=m")) {
                StringBuilder seen = new StringBuilder();
                while (!seen.toString().contains("\"resolution\":\"hour\",\"window\":{\"start\"")) {
                    seen.append(new String(events.readNBytes(1), StandardCharsets.UTF_8));
                }
                assertThat(seen)
                        .contains("event: ledger\ndata: {\"readAt\":\"")
                        .contains("\"sources\":[{\"source\":1,")
                        .contains("event: rollup");
                HttpResponse<String> refused = served.get("/api/v1/stream", "Accept", "text/event-stream");
                assertThat(refused.body()).contains("max-streams, which is 1");
                assertThat(refused.headers().firstValue("Retry-After")).contains("2");
            }
            awaitFreeStream(served);
        }
    }

    /** The server detects a disconnected client at the next event: changes the ledger until a slot is free. */
    private static void awaitFreeStream(ServedLists served) throws Exception {
        SourceLedger ledger = served.tables.ledgers.get(0);
        long end = System.nanoTime() + Duration.ofSeconds(20).toNanos();
        for (int stored = 2; ; stored++) {
            Ledger later = new Ledger(stored, stored, stored, 0, Map.of());
            served.tables.ledgers.set(0, new SourceLedger(ledger.id(), null, later));
            try (InputStream events = served.open("/api/v1/stream?device=d&metric=m")) {
                String begin = new String(events.readNBytes(6), StandardCharsets.UTF_8);
                if (begin.equals(": open")) {
                    return;
                }
            }
            assertThat(System.nanoTime())
                    .as("the stream of a client that has gone is still held")
                    .isLessThan(end);
            Thread.sleep(100);
        }
    }

    @Test
    void pagesThroughRejectedReadings() throws Exception {
        try (ServedLists served = ServedLists.start(List.of())) {
            for (int i = 0; i < 25; i++) {
                Rejection rejection = new Rejection(
                        RejectReason.values()[i % 2], "detail", ("<b>" + i).getBytes(StandardCharsets.UTF_8), 4);
                served.tables.rejections.add(new StoredRejection(
                        "t",
                        i % 3,
                        new RejectedReading(
                                i,
                                0,
                                rejection,
                                Instant.parse("2026-03-29T23:59:00Z").toEpochMilli() + i * 9000,
                                null),
                        6,
                        0,
                        null,
                        0));
            }
            List<String> payloads = new ArrayList<>();
            String cursor = "";
            do {
                JsonNode page = served.json("/rejected?limit=4" + cursor);
                page.get("rejected")
                        .forEach(row -> payloads.add(row.get("payload").asText()));
                cursor = page.get("next").isNull()
                        ? ""
                        : "&cursor=" + page.get("next").asText();
            } while (!cursor.isEmpty());
            assertThat(payloads).hasSize(25).doesNotHaveDuplicates();
            assertThat(served.json("/rejected?reason=" + RejectReason.values()[0].code())
                            .get("rejected"))
                    .hasSize(13);
            assertThat(served.post(
                                    "/api/v1/rejected/redrive",
                                    "{\"readings\":[{\"topic\":\"t\",\"partition\":-1,\"offset\":3,\"index\":0}]}")
                            .body())
                    .isEqualTo("{\"redriven\":1,\"left\":0,\"reasons\":{}}");
            for (String wrong :
                    List.of("", "null", "{}", "[]", "{\"colour\":1}", "{\"readings\":[]}", "{\"reason\":\"none\"}")) {
                assertThat(served.post("/api/v1/rejected/redrive", wrong).statusCode())
                        .as(wrong)
                        .isEqualTo(400);
            }
        }
    }

    @Test
    void configuredOriginsMaySendRequests() throws Exception {
        try (ServedLists served = ServedLists.start(
                List.of(), Access.open(), Map.of("WEIR_API_CORS_ORIGINS", "[\"https://a.example\"]"))) {
            assertThat(allowed(served, "https://a.example")).isEqualTo("https://a.example");
            assertThat(allowed(served, "https://b.example")).isNull();
        }
    }

    private static @Nullable String allowed(ServedLists served, String origin) throws Exception {
        return served.get("/api/v1/groups", "Origin", origin)
                .headers()
                .firstValue("Access-Control-Allow-Origin")
                .orElse(null);
    }

    /** Makes the read of the last rollup row fail. */
    private static void failing(ServedLists served) {
        served.tables.fails = new TablesException("node7 does not answer");
    }
}
