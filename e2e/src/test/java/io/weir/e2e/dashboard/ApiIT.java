package io.weir.e2e.dashboard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.weir.core.reading.Reading;
import io.weir.e2e.rig.CommandLine;
import io.weir.e2e.rig.RunningApi;
import io.weir.e2e.rig.RunningUp;
import io.weir.e2e.rig.ScriptedReadings;
import io.weir.e2e.rig.SqlReadings;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/**
 * Compares the answers of a running {@code weir up} with the same readings in an SQL database. The tests build on each
 * other's data.
 */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ApiIT {

    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");
    private static final long SEED = 20261025;
    private static final List<ScriptedReadings.Sent> SENT = ScriptedReadings.make(SEED, 5000);
    private static final String ALL = "&from=2025-10-01T00:00:00Z&to=2026-05-01T00:00:00Z";
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String KEYSTORE_PASSWORD = "correct horse";

    @TempDir
    static Path directory;

    private static final HttpClient CLIENT = HttpClient.newHttpClient();
    private static RunningUp weir;
    private static SqlReadings sql;

    @BeforeAll
    static void fill() throws Exception {
        Path configuration = Files.writeString(
                directory.resolve("weir.conf"),
                "weir { pipeline.zone = \"Europe/Berlin\", api { max-points = 5000, refresh = 500 ms } }\n");
        weir = RunningUp.start(directory, configuration);
        sql = SqlReadings.of(SENT.stream()
                .filter(ScriptedReadings.Sent::isAccepted)
                .map(ScriptedReadings.Sent::reading)
                .toList());
        try (KafkaProducer<String, String> producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", weir.bootstrap()), new StringSerializer(), new StringSerializer())) {
            for (ScriptedReadings.Sent sent : SENT) {
                producer.send(new ProducerRecord<>("readings", sent.source() - 1, null, json(sent.reading())));
            }
        }
        await().atMost(Duration.ofMinutes(1)).until(() -> total("received") == SENT.size() && settled());
    }

    @AfterAll
    static void stop() throws Exception {
        if (weir != null) {
            weir.close();
        }
        if (sql != null) {
            sql.close();
        }
    }

    @Test
    @Order(1)
    void theLedgerAccountsForEveryReading() throws Exception {
        long accepted = SENT.stream().filter(ScriptedReadings.Sent::isAccepted).count();
        assertThat(total("stored")).isEqualTo(accepted);
        assertThat(total("stored")
                        + total("duplicate")
                        + get("/ledger").at("/totals/rejected/conflict").asLong())
                .isEqualTo(SENT.size());
        JsonNode parts = get("/health/parts");
        for (String part : List.of("kafka", "cassandra", "pipeline")) {
            assertThat(parts.at("/" + part + "/state").asText()).as("%s", parts).isEqualTo("up");
        }
        assertThat(get("/about").get("zone").asText()).isEqualTo("Europe/Berlin");
    }

    @Test
    @Order(2)
    void daysAroundBothClockChangesEqualSql() throws Exception {
        JsonNode series = get("/rollups?group=plant&group=yard&metric=heat&resolution=day" + ALL)
                .get("series");
        for (JsonNode one : series) {
            Map<String, List<Double>> found = new LinkedHashMap<>();
            for (JsonNode day : one.get("windows")) {
                assertThat(day.get("provisional").asBoolean()).isFalse();
                found.put(
                        Instant.parse(day.get("start").asText())
                                .atZone(BERLIN)
                                .toLocalDate()
                                .toString(),
                        numbers(day));
            }
            Map<String, List<Double>> expected =
                    sql.byDay("grp = ? AND metric = 'heat'", one.get("group").asText());
            assertThat(expected).hasSizeGreaterThan(15).containsKeys("2025-10-26", "2026-03-29");
            assertClose(found, expected);
        }
    }

    @Test
    @Order(3)
    void hoursOfADeviceWithTwoSourcesEqualSql() throws Exception {
        JsonNode answer = get("/rollups?device=d0&metric=heat&resolution=hour&maxPoints=5000"
                + "&from=2026-03-27T00:00:00Z&to=2026-04-02T00:00:00Z");
        Map<String, List<Double>> found = new LinkedHashMap<>();
        answer.at("/series/0/windows")
                .forEach(hour -> found.put(
                        Long.toString(Instant.parse(hour.get("start").asText()).getEpochSecond() / 3600),
                        numbers(hour)));
        assertClose(
                found,
                sql.byHour(
                        "device = 'd0' AND metric = 'heat' AND time >= ? AND time < ?",
                        Instant.parse("2026-03-27T00:00:00Z").toEpochMilli(),
                        Instant.parse("2026-04-02T00:00:00Z").toEpochMilli()));
    }

    @Test
    @Order(4)
    void summariesOfRandomSpansEqualSql() throws Exception {
        Random random = new Random(SEED);
        long first = Instant.parse("2025-10-24T00:00:00Z").toEpochMilli();
        long length = Duration.ofDays(165).toMillis();
        for (int i = 0; i < 25; i++) {
            long a = first + (long) (random.nextDouble() * length);
            long b = first + (long) (random.nextDouble() * length);
            String span = "&from=" + Math.min(a, b) + "&to=" + Math.max(a, b);
            HttpResponse<String> answer =
                    send("/summary?device=d0&device=d1&device=d4&combine=true&metric=heat" + span);
            String where = "device IN ('d0', 'd1', 'd4') AND metric = 'heat' AND time >= ? AND time < ?";
            List<Double> expected = sql.summary(where, Math.min(a, b), Math.max(a, b));

            JsonNode combined = JSON.readTree(answer.body()).at("/summaries/3");
            assertThat(combined.get("count").asDouble())
                    .as("%s, seed %d", span, SEED)
                    .isEqualTo(expected.get(0));
            if (expected.get(0) > 0) {
                assertClose(Map.of(span, numbers(combined)), Map.of(span, expected));
                for (String quantile : List.of("p50", "p95", "p99")) {
                    long percent = Long.parseLong(quantile.substring(1));
                    double value = sql.percentile(percent, where, Math.min(a, b), Math.max(a, b));
                    assertThat(combined.get(quantile).asDouble())
                            .as("%s of %s", quantile, span)
                            .isCloseTo(value, within(Math.abs(value) * 0.005));
                }
            }
            assertThat(Long.parseLong(
                            answer.headers().firstValue("Weir-Rows-Read").orElseThrow()))
                    .as("rows read for %s", span)
                    .isLessThan(1200);
        }
    }

    @Test
    @Order(5)
    void pagesHoldEachReadingOnce() throws Exception {
        String question = "/readings?group=plant&metric=heat&metric=humidity&limit=1000" + ALL;
        Set<String> seen = new HashSet<>();
        int count = 0;
        String cursor = "";
        do {
            JsonNode page = get(question + cursor);
            for (JsonNode reading : page.get("readings")) {
                count++;
                seen.add(reading.toString());
            }
            cursor = page.get("next").isNull()
                    ? ""
                    : "&cursor=" + page.get("next").asText();
        } while (!cursor.isEmpty());
        assertThat(count).isEqualTo(sql.summary("grp = 'plant'").get(0).intValue());
        assertThat(count - seen.size()).as("readings stored by both sources").isLessThan(5);
    }

    @Test
    @Order(6)
    void theCommandLineReturnsTheSame() throws Exception {
        JsonNode windows =
                get("/rollups?device=d3&metric=humidity&resolution=day" + ALL).at("/series/0/windows");
        JsonNode shown = weir.commandLine()
                .run(
                        "query",
                        "rollups",
                        "--device",
                        "d3",
                        "--metric",
                        "humidity",
                        "--resolution",
                        "day",
                        "--from",
                        "2025-10-01T00:00:00Z",
                        "--to",
                        "2026-05-01T00:00:00Z",
                        "--json")
                .json();
        windows.forEach(window -> ((ObjectNode) window).remove("provisional"));
        assertThat(windows).isEqualTo(shown);
    }

    @Test
    @Order(7)
    void aStreamPushesANewReading() throws Exception {
        List<String> events = new ArrayList<>();
        HttpRequest request = HttpRequest.newBuilder(URI.create(weir.api() + "/api/v1/stream?device=now&metric=heat"))
                .header("Accept", "text/event-stream")
                .build();
        HttpResponse<Stream<String>> stream = CLIENT.send(request, HttpResponse.BodyHandlers.ofLines());
        CompletableFuture<Void> reading = CompletableFuture.runAsync(() -> {
            try (Stream<String> lines = stream.body()) {
                lines.takeWhile(line -> !line.contains("\"device\":\"now\"")).forEach(events::add);
            }
        });
        try (KafkaProducer<String, String> producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", weir.bootstrap()), new StringSerializer(), new StringSerializer())) {
            producer.send(new ProducerRecord<>(
                    "readings", 2, null, json(new Reading("now", "plant", "heat", System.currentTimeMillis(), 1.5))));
        }
        assertThat(reading).succeedsWithin(Duration.ofSeconds(30));
        assertThat(events).contains("event: ledger", "event: rollup");

        JsonNode open =
                get("/rollups?device=now&metric=heat&resolution=hour&from=-2h").at("/series/0/windows");
        assertThat(open.get(open.size() - 1).get("provisional").asBoolean()).isTrue();
        assertThat(get("/latest?device=now&metric=heat").at("/latest/0/value").asDouble())
                .isEqualTo(1.5);
    }

    @Test
    @Order(8)
    void redrivenReadingsAreMarkedAndAppliedAgain() throws Exception {
        long before = total("received");
        JsonNode some = get("/rejected?reason=conflict&limit=3").get("rejected");
        List<Map<String, Object>> positions = new ArrayList<>();
        some.forEach(row -> positions.add(Map.of(
                "topic", row.get("topic").asText(),
                "partition", row.get("partition").asInt(),
                "offset", row.get("offset").asLong(),
                "index", row.get("index").asInt())));
        HttpRequest request = HttpRequest.newBuilder(URI.create(weir.api() + "/api/v1/rejected/redrive"))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(JSON.writeValueAsString(Map.of("readings", positions))))
                .build();
        HttpResponse<String> answer = CLIENT.send(request, HttpResponse.BodyHandlers.ofString());

        assertThat(answer.body()).isEqualTo("{\"redriven\":3,\"left\":0,\"reasons\":{}}");
        await().atMost(Duration.ofSeconds(30)).until(() -> total("received") == before + 3);
        assertThat(get("/rejected?redriven=true").get("rejected")).hasSize(3);
    }

    @Test
    @Order(9)
    void aSeparateApiServesTlsWithAToken() throws Exception {
        Path keystore = keystore();
        Path settings = Files.writeString(
                directory.resolve("api.conf"),
                """
                weir {
                  kafka.bootstrap-servers = "%s"
                  cassandra.contact-points = "%s"
                  api { port = 0, access.authentication = tokens, tls.keystore = "%s" }
                }
                """
                                .formatted(weir.bootstrap(), weir.cassandra(), keystore)
                        + CommandLine.settings(weir.login()));
        String token = new CommandLine(List.of("--config", settings.toString()))
                .run("token", "create", "--name", "desk", "--scope", "read")
                .out()
                .strip();
        try (RunningApi api = RunningApi.start(settings, Map.of("WEIR_API_TLS_KEYSTORE_PASSWORD", KEYSTORE_PASSWORD))) {
            assertThat(api.address()).startsWith("https://127.0.0.1:");
            HttpClient client =
                    HttpClient.newBuilder().sslContext(trusting(keystore)).build();

            assertThat(ask(client, api.address() + "/api/v1/groups", "none").statusCode())
                    .isEqualTo(401);
            HttpResponse<String> groups = ask(client, api.address() + "/api/v1/groups", token);
            assertThat(JSON.readTree(groups.body())).isEqualTo(get("/groups"));
            assertThat(ask(client, api.address() + "/metrics", token).body())
                    .contains("cassandra_session_cql_requests_seconds_count{")
                    .contains("cassandra_nodes_pool_open_connections{")
                    .contains("weir_api_refused_total{");
            assertThat(api.stop()).isZero();
        }
    }

    @Test
    @Order(10)
    void itStopsOnSigterm() throws Exception {
        assertThat(CLIENT.send(
                                HttpRequest.newBuilder(URI.create(weir.api() + "/metrics"))
                                        .build(),
                                HttpResponse.BodyHandlers.ofString())
                        .body())
                .contains("weir_source_lag{partition=\"0\"")
                .contains("weir_api_requests_seconds_bucket");
        assertThat(weir.stop()).isZero();
    }

    private static HttpResponse<String> ask(HttpClient client, String address, String token)
            throws IOException, InterruptedException {
        return client.send(
                HttpRequest.newBuilder(URI.create(address))
                        .header("Authorization", "Bearer " + token)
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    private static Path keystore() throws IOException, InterruptedException {
        Path keystore = directory.resolve("weir.p12");
        Path keytool = Path.of(System.getProperty("java.home"), "bin", "keytool");
        String options = "-genkeypair -alias weir -keyalg EC -validity 2 -dname CN=127.0.0.1 -ext san=ip:127.0.0.1"
                + " -storetype PKCS12";
        List<String> command = new ArrayList<>(List.of(keytool.toString()));
        command.addAll(List.of(options.split(" ")));
        command.addAll(List.of("-keystore", keystore.toString(), "-storepass", KEYSTORE_PASSWORD));
        assertThat(new ProcessBuilder(command).inheritIO().start().waitFor()).isZero();
        return Files.setPosixFilePermissions(keystore, PosixFilePermissions.fromString("rw-------"));
    }

    private static SSLContext trusting(Path keystore) throws IOException, GeneralSecurityException {
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        KeyStore trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, null);
        trusted.setCertificateEntry(
                "weir",
                KeyStore.getInstance(keystore.toFile(), KEYSTORE_PASSWORD.toCharArray())
                        .getCertificate("weir"));
        trust.init(trusted);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, trust.getTrustManagers(), null);
        return context;
    }

    private static void assertClose(Map<String, List<Double>> found, Map<String, List<Double>> expected) {
        assertThat(found.keySet()).containsExactlyElementsOf(expected.keySet());
        expected.forEach((key, numbers) -> {
            for (int i = 0; i < numbers.size(); i++) {
                assertThat(found.get(key).get(i)).as("%s, seed %d", key, SEED).isCloseTo(numbers.get(i), within(1e-7));
            }
        });
    }

    private static List<Double> numbers(JsonNode window) {
        return List.of(
                window.get("count").asDouble(),
                window.get("sum").asDouble(),
                window.get("min").asDouble(),
                window.get("max").asDouble());
    }

    private static boolean settled() throws Exception {
        for (JsonNode source : get("/ledger").get("sources")) {
            if (source.get("lag").asLong(1) > 0 || source.get("appliedThrough").isNull()) {
                return false;
            }
        }
        return true;
    }

    private static long total(String count) throws Exception {
        return get("/ledger").at("/totals/" + count).asLong();
    }

    private static JsonNode get(String path) throws IOException, InterruptedException {
        HttpResponse<String> answer = send(path);
        assertThat(answer.statusCode()).as("%s: %s", path, answer.body()).isEqualTo(200);
        return JSON.readTree(answer.body());
    }

    private static HttpResponse<String> send(String path) throws IOException, InterruptedException {
        return CLIENT.send(
                HttpRequest.newBuilder(URI.create(weir.api() + "/api/v1" + path))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    private static String json(Reading reading) throws IOException {
        return JSON.writeValueAsString(Map.of(
                "device", reading.device(),
                "group", reading.group(),
                "metric", reading.metric(),
                "time", reading.time(),
                "value", reading.value()));
    }
}
