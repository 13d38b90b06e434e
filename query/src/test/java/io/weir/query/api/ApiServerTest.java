package io.weir.query.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import io.weir.core.reading.Reading;
import io.weir.query.access.Access;
import io.weir.query.api.config.ApiSettings;
import io.weir.query.api.config.ApiSettingsReader;
import io.weir.query.api.routes.ServedSystem;
import io.weir.storage.catalog.CatalogReader;
import io.weir.storage.raw.RawReading;
import io.weir.storage.run.FailingQuery;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ApiServerTest {

    private static final List<RawReading> READINGS = ServedLists.someReadings(7, 4000);
    private static final String SPAN = "&from=2026-03-28T22:17:03%2B01:00&to=2026-03-30T01:02:03Z";

    private static ServedLists served;

    @BeforeAll
    static void start() {
        served = ServedLists.start(READINGS);
    }

    @AfterAll
    static void stop() {
        served.close();
    }

    @Test
    void listsGroupsDevicesAndMetrics() throws Exception {
        assertThat(texts(served.json("/groups").get("groups"), "group")).containsExactly("a/b %", "plant");
        assertThat(texts(served.json("/groups?search=LAN").get("groups"), "group"))
                .containsExactly("plant");
        assertThat(texts(served.json("/groups/a%2Fb%20%25/devices").get("devices"), "device"))
                .containsExactly("d3", "d4");
        assertThat(texts(served.json("/metrics?device=d1").get("metrics"), "metric"))
                .containsExactly("heat", "humidity");
    }

    @Test
    void pagesNames() throws Exception {
        JsonNode first = served.json("/groups/plant/devices?limit=2");
        assertThat(texts(first.get("devices"), "device")).containsExactly("d0", "d1");
        JsonNode second = served.json(
                "/groups/plant/devices?limit=2&cursor=" + first.get("next").asText());
        assertThat(texts(second.get("devices"), "device")).containsExactly("d2");
        assertThat(second.get("next").isNull()).isTrue();
    }

    @Test
    void summariesEqualTheReadings() throws Exception {
        JsonNode answer = served.json("/summary?device=d0&device=d1&metric=heat&combine=true" + SPAN);
        List<Reading> inside = inside("d0", "d1");
        JsonNode combined = answer.get("summaries").get(2);
        assertThat(combined.get("combined").asBoolean()).isTrue();
        assertThat(combined.get("count").asInt()).isEqualTo(inside.size());
        assertThat(combined.get("sum").asDouble())
                .isCloseTo(inside.stream().mapToDouble(Reading::value).sum(), within(1e-9));
        assertThat(answer.get("summaries").get(0).get("count").asInt())
                .isEqualTo(inside("d0").size());
        double median = inside.stream()
                .mapToDouble(Reading::value)
                .sorted()
                .skip((inside.size() - 1) / 2)
                .findFirst()
                .getAsDouble();
        assertThat(combined.get("p50").asDouble()).isCloseTo(median, within(Math.abs(median) * 0.01));
    }

    @Test
    void rollupsHaveTheRequestedFunctionsAndAlwaysTheCount() throws Exception {
        JsonNode answer = served.json("/rollups?group=plant&metric=heat&resolution=day&functions=delta,p99.9" + SPAN);
        assertThat(answer.get("zone").asText()).isEqualTo("Europe/Berlin");
        JsonNode window = answer.get("series").get(0).get("windows").get(0);
        assertThat(window.fieldNames())
                .toIterable()
                .containsExactly("start", "end", "count", "provisional", "delta", "p99.9");
        assertThat(window.get("start").asText()).isEqualTo("2026-03-28T23:00:00Z");
        assertThat(window.get("end").asText())
                .as("the day of the clock change has 23 hours")
                .isEqualTo("2026-03-29T22:00:00Z");
        assertThat(window.get("provisional").asBoolean()).isFalse();
    }

    @Test
    void autoChoosesTheFinestResolutionThatFits() throws Exception {
        assertThat(resolution("&maxPoints=10000" + SPAN)).isEqualTo("raw");
        assertThat(resolution("&maxPoints=30" + SPAN)).isEqualTo("hour");
        assertThat(resolution("&maxPoints=2" + SPAN)).isEqualTo("day");
        assertThat(resolution("&maxPoints=1" + SPAN)).isEqualTo("month");
    }

    @Test
    void rawReadingsAreReturnedOnlyWhileTheyAreKept() throws Exception {
        String question = "/api/v1/rollups?device=d0&metric=heat&maxPoints=10000&from=-6d&resolution=";
        try (ServedLists forgetful = ServedLists.keeping(Duration.ofDays(2), READINGS)) {
            assertThat(forgetful.get(question + "auto").body()).startsWith("{\"resolution\":\"hour\"");
            assertThat(forgetful.get(question + "raw").statusCode()).isEqualTo(409);
            assertThat(forgetful.get(question + "raw").body())
                    .contains("/problems/span-not-held")
                    .contains("those before 2026-03-31T12:10:00Z may have expired");
            assertThat(forgetful
                            .get("/api/v1/summary?device=d0&metric=heat&from=-6d&to=-30m")
                            .body())
                    .contains("\"count\"");
            assertThat(forgetful
                            .get("/api/v1/summary?device=d0&metric=heat&from=-7001m")
                            .statusCode())
                    .isEqualTo(409);
        }
        assertThat(served.get(question + "raw").body()).startsWith("{\"resolution\":\"raw\"");
    }

    @Test
    void pagesThroughReadingsWithoutLossOrRepetition() throws Exception {
        List<String> seen = new ArrayList<>();
        String question = "/readings?group=plant&metric=heat&metric=humidity&limit=97" + SPAN;
        String cursor = "";
        do {
            JsonNode page = served.json(question + cursor);
            page.get("readings").forEach(reading -> seen.add(reading.toString()));
            cursor = page.get("next").isNull()
                    ? ""
                    : "&cursor=" + page.get("next").asText();
        } while (!cursor.isEmpty());
        JsonNode whole = served.json(question.replace("limit=97", "limit=10000"));
        assertThat(whole.get("readings").size()).isGreaterThan(300);
        assertThat(seen)
                .containsExactlyElementsOf(
                        StreamSupport.stream(whole.get("readings").spliterator(), false)
                                .map(JsonNode::toString)
                                .toList());
    }

    /** Cassandra sorts names by code point, unlike Java's String. */
    @Test
    void pagesThroughReadingsAndNamesBeyondTheBasicMultilingualPlane() throws Exception {
        List<String> devices = List.of("a", "\uff21", "\ud83d\ude00", "\ud83d\ude01");
        List<RawReading> readings = new ArrayList<>();
        for (String device : devices) {
            Reading reading = new Reading(
                    device,
                    "plant",
                    "heat",
                    Instant.parse("2026-03-30T00:00:00Z").toEpochMilli(),
                    1);
            readings.add(new RawReading(reading, 0, readings.size()));
        }
        try (ServedLists unusual = ServedLists.start(readings)) {
            assertThat(pages(unusual, "/readings?group=plant&metric=heat&limit=1" + SPAN, "readings"))
                    .containsExactlyElementsOf(devices);
            assertThat(pages(unusual, "/groups/plant/devices?limit=1", "devices"))
                    .containsExactlyElementsOf(devices);
            assertThat(pages(unusual, "/devices?limit=1", "devices")).containsExactlyElementsOf(devices);
        }
    }

    private static List<String> pages(ServedLists asked, String question, String list) throws Exception {
        List<String> devices = new ArrayList<>();
        String cursor = "";
        do {
            JsonNode page = asked.json(question + cursor);
            devices.addAll(texts(page.get(list), "device"));
            cursor = page.get("next").isNull()
                    ? ""
                    : "&cursor=" + page.get("next").asText();
        } while (!cursor.isEmpty());
        return devices;
    }

    @Test
    void aCursorOfAnotherRequestIsRefused() throws Exception {
        String cursor = served.json("/readings?device=d0&metric=heat&limit=1" + SPAN)
                .get("next")
                .asText();
        HttpResponse<String> answer = served.get("/api/v1/readings?device=d1&metric=heat&cursor=" + cursor);
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body()).contains("\"parameter\":\"cursor\"");
    }

    @Test
    void writesCsvAndLines() throws Exception {
        String question = "/api/v1/rollups?device=d0&metric=heat&resolution=day&functions=mean,last" + SPAN;
        String csv = served.get(question + "&format=csv").body();
        assertThat(csv)
                .startsWith(
                        "device,metric,start,end,count,provisional,mean,last_time,last_value,filled\r\nd0,heat,2026-03-28T23:00:00Z,");
        HttpResponse<String> lines = served.get(question, "Accept", "application/x-ndjson");
        assertThat(lines.headers().firstValue("Content-Type")).hasValue("application/x-ndjson");
        assertThat(lines.body()).startsWith("{\"device\":\"d0\",\"metric\":\"heat\",\"start\":");
        assertThat(lines.body().lines()).hasSameSizeAs(csv.lines().skip(1).toList());
    }

    @Test
    void anUnchangedAnswerIsNotSentAgain() throws Exception {
        String question = "/api/v1/rollups?device=d0&metric=heat&resolution=day" + SPAN;
        HttpResponse<String> first = served.get(question);
        String tag = first.headers().firstValue("ETag").orElseThrow();
        HttpResponse<String> second = served.get(question, "If-None-Match", tag);
        assertThat(first.headers().firstValue("Cache-Control")).hasValue("private, max-age=60");
        assertThat(second.statusCode()).isEqualTo(304);
        assertThat(second.body()).isEmpty();
        assertThat(served.get(question.replace("d0", "d1"), "If-None-Match", tag)
                        .statusCode())
                .isEqualTo(200);
    }

    @Test
    void compressesForClientsThatAcceptIt() throws Exception {
        HttpResponse<String> answer =
                served.get("/api/v1/rollups?device=d0&metric=heat&resolution=hour" + SPAN, "Accept-Encoding", "gzip");
        assertThat(answer.headers().firstValue("Content-Encoding")).hasValue("gzip");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    /rollups?metric=heat                                    | device     | neither a device nor a group
                    /rollups?device=d0&group=plant&metric=heat              | group      | only devices or only groups
                    /rollups?device=d0                                      | metric     | expected at least one
                    /rollups?device=d0&metric=heat&from=yesterday           | from       | expected a time in ISO-8601
                    /rollups?device=d0&metric=heat&from=now&to=-1d          | from       | ends before it begins
                    /rollups?device=d0&metric=heat&functions=mode           | functions  | any of count, sum
                    /rollups?device=d0&metric=heat&functions=p100           | functions  | any of count, sum
                    /rollups?device=d0&metric=heat&resolution=minute        | resolution | expected one of raw, 5m
                    /rollups?device=d0&metric=heat&fill=zero                | fill       | expected one of none, null
                    /rollups?device=d0&metric=heat&maxPoints=0              | maxPoints  | from 1 to 10000
                    /rollups?device=d0&metric=heat&colour=red               | colour     | does not support
                    /rollups?device=d0&metric=heat&fill=none&fill=null      | fill       | 2 times
                    /rollups?device=d0&metric=heat&format=xml               | format     | expected one of json, csv
                    /readings?device=d0&metric=heat&cursor=abc              | cursor     | none to start over
                    """)
    void invalidParametersAreReported(String path, String parameter, String detail) throws Exception {
        HttpResponse<String> answer = served.get("/api/v1" + path);
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/problem+json");
        assertThat(answer.body())
                .contains("\"parameter\":\"" + parameter + "\"")
                .contains(detail);
    }

    @Test
    void exceededLimitsAreReportedByName() throws Exception {
        HttpResponse<String> answer =
                served.get("/api/v1/rollups?device=d0&metric=heat&resolution=hour&from=-900w&maxPoints=10000");
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body()).contains("/problems/over-limit").contains("max-windows, which is 100000");
        assertThat(served.get("/api/v1/rollups?device=d0&metric=heat&resolution=hour&from=-90d")
                        .body())
                .contains("maxPoints, which is 1000");
        assertThat(served.get("/api/v1/readings?device=d0&metric=heat&from=0001-01-01T00:00:00Z")
                        .body())
                .contains("max-windows");
    }

    @Test
    void minutesAreComputedFromReadingsAndWeeksFromDays() throws Exception {
        String question = "/rollups?group=plant&metric=heat&functions=sum" + SPAN + "&maxPoints=10000&resolution=";
        long count = count(served.json(question + "hour"));
        JsonNode minutes = served.json(question + "5m");
        assertThat(minutes.get("resolution").asText()).isEqualTo("5m");
        assertThat(minutes.at("/series/0/windows/0/start").asText()).matches(".*:[0-5][05]:00Z");
        assertThat(count(minutes)).isCloseTo(count, within(60L)); // the windows at the edges differ
        assertThat(served.json(question.replace(SPAN, "&from=-500d") + "year")
                        .at("/series/0/windows/0/count")
                        .asLong())
                .isEqualTo(READINGS.stream()
                        .map(RawReading::reading)
                        .filter(reading -> reading.group().equals("plant")
                                && reading.metric().equals("heat"))
                        .count());
        try (ServedLists forgetful = ServedLists.keeping(Duration.ofDays(2), READINGS)) {
            assertThat(forgetful
                            .get("/api/v1/rollups?device=d0&metric=heat&from=-6d&resolution=30m")
                            .body())
                    .contains("/problems/span-not-held");
        }
    }

    private static long count(JsonNode answer) {
        long count = 0;
        for (JsonNode window : answer.at("/series/0/windows")) {
            count += window.get("count").asLong();
        }
        return count;
    }

    @Test
    void hasAnIconForEveryPage() throws Exception {
        HttpResponse<String> icon = served.get("/favicon.ico");
        assertThat(icon.headers().firstValue("Content-Type")).hasValue("image/svg+xml");
        assertThat(icon.body()).startsWith("<svg");
    }

    @Test
    void unknownPathsAndMethodsAreProblems() throws Exception {
        assertThat(served.get("/api/v1/nothing").body()).contains("/problems/not-found");
        assertThat(served.get("/api/v2/groups").statusCode()).isEqualTo(404);
        assertThat(served.get("/assets/..%2f..%2fapi/routes/schemas.json").statusCode())
                .isEqualTo(404);
        assertThat(served.post("/api/v1/groups", "{}").body()).contains("/problems/method-not-allowed");
        assertThat(served.get("/api/v1/groups/none/devices").body()).contains("found no group");
    }

    @Test
    void tellsTheNewestReadingsOfAllDevicesOfAGroup() throws Exception {
        List<String> found = new ArrayList<>();
        String cursor = "";
        do {
            JsonNode page = served.json("/latest?group=plant&group=a%2Fb%20%25&metric=heat&limit=2" + cursor);
            assertThat(page.get("latest").size()).isLessThanOrEqualTo(2);
            page.get("latest")
                    .forEach(each -> found.add(each.get("group").asText() + " "
                            + each.get("device").asText() + " "
                            + each.get("time").asText() + " "
                            + each.get("value").asDouble()));
            cursor = page.get("next").isNull()
                    ? ""
                    : "&cursor=" + page.get("next").asText();
        } while (!cursor.isEmpty());
        assertThat(found)
                .containsExactlyElementsOf(Stream.of("d0", "d1", "d2", "d3", "d4")
                        .map(device -> newest(device, "heat"))
                        .map(newest -> newest.group() + " " + newest.device() + " "
                                + Instant.ofEpochMilli(newest.time()) + " " + newest.value())
                        .toList());
    }

    @Test
    void tellsTheNewestReadingOfEachMetricOfADevice() throws Exception {
        JsonNode latest = served.json("/latest?device=d1").get("latest");
        assertThat(texts(latest, "metric")).containsExactly("heat", "humidity");
        assertThat(latest.get(1).get("value").asDouble())
                .isEqualTo(newest("d1", "humidity").value());
        assertThat(served.json("/latest?device=nobody").get("latest").size()).isZero();
    }

    private static Reading newest(String device, String metric) {
        return READINGS.stream()
                .map(RawReading::reading)
                .filter(reading ->
                        reading.device().equals(device) && reading.metric().equals(metric))
                .max(Comparator.comparingLong(Reading::time))
                .orElseThrow();
    }

    @Test
    void returnsLedgerHealthAndMetrics() throws Exception {
        assertThat(served.json("/ledger").at("/totals/stored").asInt()).isEqualTo(READINGS.size());
        assertThat(served.json("/health/parts").at("/pipeline/state").asText()).isEqualTo("up");
        assertThat(served.get("/health/ready").statusCode()).isEqualTo(200);
        assertThat(served.get("/metrics").body())
                .contains("weir_ledger_readings{outcome=\"stored\"")
                .contains("weir_api_requests_seconds_count{method=\"GET\",route=\"/api/v1/ledger\",status=\"200\"}");
    }

    @Test
    @Timeout(60)
    void reportsAFailingQueryWithStartAndReason() throws Exception {
        try (ServedLists failing = ServedLists.live(READINGS, Map.of("WEIR_API_REFRESH", "10 milliseconds"))) {
            awaitReady(failing, 200);
            failing.tables.running.add("readings");
            failing.tables.failing.add(new FailingQuery(
                    "readings",
                    "fused",
                    Instant.ofEpochSecond(60),
                    Instant.ofEpochSecond(90),
                    4,
                    3,
                    "writing readings failed: too large",
                    3,
                    2));
            String sentence = failing.tables.failing.get(0).sentence();

            awaitReady(failing, 503);
            assertThat(failing.get("/health/ready").body()).contains(sentence);
            assertThat(failing.json("/health/parts").at("/pipeline/state").asText())
                    .isEqualTo("down");
            assertThat(failing.json("/health/parts").at("/pipeline/detail").asText())
                    .isEqualTo(sentence);
            assertThat(failing.get("/metrics").body())
                    .contains("weir_query_failures{query=\"fused\",topic=\"readings\"} 4.0");

            failing.tables.failing.clear();
            awaitReady(failing, 200);
        }
    }

    /** The row of a stopped pipeline stays for days. */
    @Test
    @Timeout(60)
    void isReadyOnceThePipelineOfAFailingQueryHasEnded() throws Exception {
        try (ServedLists ended = ServedLists.live(READINGS, Map.of("WEIR_API_REFRESH", "10 milliseconds"))) {
            ended.tables.running.add("readings");
            ended.tables.failing.add(
                    new FailingQuery("readings", "fused", Instant.EPOCH, Instant.EPOCH, 4, 3, "too large", 3, 2));
            awaitReady(ended, 503);

            ended.tables.running.clear();

            awaitReady(ended, 200);
            assertThat(ended.json("/health/parts").at("/pipeline/detail").asText())
                    .endsWith("too large. Its pipeline has shut down");
        }
    }

    /** The number of groups and devices depends on producers, so it is unbounded. */
    @Test
    @Timeout(60)
    void readsNoMoreNamesThanItReturns() throws Exception {
        ServedSystem of = served.system;
        ServedSystem endless = new ServedSystem(
                of.tables(),
                new EndlessCatalog(),
                of.zone(),
                of.logEnds(),
                of.redriver(),
                of.bootstrap(),
                of.topic(),
                of.version(),
                of.metrics(),
                of.clock());
        ApiSettings settings = ApiSettingsReader.read(null, Map.of()).withPort(0);
        try (ApiServer server = ApiServer.start(settings, endless, Access.open())) {
            HttpRequest question = HttpRequest.newBuilder(
                            URI.create(server.address() + "/api/v1/groups/g/devices?limit=2&search=7"))
                    .build();
            assertThat(HttpClient.newHttpClient()
                            .send(question, HttpResponse.BodyHandlers.ofString())
                            .body())
                    .contains("\"000000007\"", "\"000000017\"")
                    .doesNotContain("\"000000027\"");
        }
    }

    /** A catalog with infinitely many names. */
    private static final class EndlessCatalog implements CatalogReader {

        @Override
        public Stream<String> groups(String after) {
            return Stream.iterate(0, n -> n + 1).map(n -> String.format("%09d", n));
        }

        @Override
        public Stream<String> devicesOf(String group, String after) {
            return groups(after);
        }

        @Override
        public Stream<String> groupsOf(String device) {
            return groups("");
        }

        @Override
        public Stream<String> metricsOfGroup(String group) {
            return groups("");
        }

        @Override
        public Stream<String> metricsOfDevice(String device) {
            return groups("");
        }
    }

    private static void awaitReady(ServedLists served, int status) throws Exception {
        int found;
        do {
            found = served.get("/health/ready").statusCode();
        } while (found != status);
    }

    /** Each source stores half of the readings of each device. */
    @Test
    @Timeout(60)
    void listsDevicesInTwoLiveSources() throws Exception {
        JsonNode shared;
        do {
            shared = served.json("/ledger").get("devicesInTwoSources"); // null until the first look at them has ended
        } while (shared.isNull());
        assertThat(shared.get("count").asInt()).isEqualTo(5);
        assertThat(shared.at("/examples/0").toString()).isEqualTo("{\"device\":\"d0\",\"sources\":[0,1]}");
        assertThat(served.get("/metrics").body()).contains("weir_devices_in_two_sources 5.0");
    }

    private static String resolution(String more) throws Exception {
        return served.json("/rollups?device=d0&metric=heat" + more)
                .get("resolution")
                .asText();
    }

    private static List<Reading> inside(String... devices) {
        long from = Instant.parse("2026-03-28T21:17:03Z").toEpochMilli();
        long to = Instant.parse("2026-03-30T01:02:03Z").toEpochMilli();
        return READINGS.stream()
                .map(RawReading::reading)
                .filter(reading -> List.of(devices).contains(reading.device()))
                .filter(reading -> reading.metric().equals("heat"))
                .filter(reading -> from <= reading.time() && reading.time() < to)
                .toList();
    }

    private static List<String> texts(JsonNode items, String field) {
        List<String> texts = new ArrayList<>();
        items.forEach(item -> texts.add(item.get(field).asText()));
        return texts;
    }
}
