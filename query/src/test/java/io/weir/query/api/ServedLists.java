package io.weir.query.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.weir.core.reading.Reading;
import io.weir.query.ListedTables;
import io.weir.query.access.Access;
import io.weir.query.access.AccessControl;
import io.weir.query.api.config.ApiSettings;
import io.weir.query.api.config.ApiSettingsReader;
import io.weir.query.api.routes.ListedCatalog;
import io.weir.query.api.routes.Redriver;
import io.weir.query.api.routes.ServedSystem;
import io.weir.storage.ledger.SourceLedger;
import io.weir.storage.raw.RawReading;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;

/** A query API over in-memory tables, on a free local port. */
public final class ServedLists implements AutoCloseable {

    static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");
    public static final Instant NOW = Instant.parse("2026-04-02T12:00:00Z");

    private static final Clock STILL = Clock.fixed(NOW, ZoneOffset.UTC);
    private static final ObjectMapper MAPPER = new ObjectMapper();

    public final ListedTables tables;
    public final ServedSystem system;
    final ApiServer server;
    private final HttpClient client = HttpClient.newHttpClient();

    private ServedLists(ListedTables tables, ServedSystem system, ApiServer server) {
        this.tables = tables;
        this.system = system;
        this.server = server;
    }

    public static ServedLists start(List<RawReading> readings) {
        return start(readings, Access.open(), Map.of());
    }

    /** Sets the retention of raw readings. */
    static ServedLists keeping(Duration kept, List<RawReading> readings) {
        return start(readings, kept, Access.open(), Map.of(), STILL);
    }

    /** Lets the clock run; by default it is fixed at {@link #NOW}. */
    public static ServedLists live(List<RawReading> readings, Map<String, String> environment) {
        return start(readings, Duration.ZERO, Access.open(), environment, Clock.systemUTC());
    }

    public static ServedLists start(List<RawReading> readings, AccessControl access, Map<String, String> environment) {
        return start(readings, Duration.ZERO, access, environment, STILL);
    }

    private static ServedLists start(
            List<RawReading> readings,
            Duration kept,
            AccessControl access,
            Map<String, String> environment,
            Clock clock) {
        ListedTables tables = ListedTables.of(BERLIN, readings);
        ServedSystem system = new ServedSystem(
                tables.asReadTables(kept),
                new ListedCatalog(readings),
                BERLIN,
                sources -> sources.stream()
                        .collect(Collectors.toMap(
                                SourceLedger::source, source -> source.ledger().throughOffset() + 1)),
                (filter, chosen) ->
                        new Redriver.Redriven(tables.list(filter).filter(chosen).count(), 0, Map.of()),
                "127.0.0.1:9092",
                "readings",
                "test",
                new PrometheusMeterRegistry(PrometheusConfig.DEFAULT),
                clock);
        ApiSettings free = ApiSettingsReader.read(null, environment).withPort(0);
        return new ServedLists(tables, system, ApiServer.start(free, system, access));
    }

    /** Readings of five devices in two groups and two sources, across the clock change of March. */
    public static List<RawReading> someReadings(long seed, int count) {
        Random random = new Random(seed);
        Instant first = Instant.parse("2026-03-27T00:00:00Z");
        List<RawReading> readings = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            int device = random.nextInt(5);
            long time = first.toEpochMilli()
                    + random.nextInt((int) Duration.ofDays(5).toMillis());
            readings.add(new RawReading(
                    new Reading(
                            "d" + device,
                            device < 3 ? "plant" : "a/b %",
                            random.nextBoolean() ? "heat" : "humidity",
                            time,
                            random.nextInt(4000) / 100.0 - 5),
                    i % 2,
                    i));
        }
        return readings;
    }

    public HttpResponse<String> get(String path, String... headers) throws IOException, InterruptedException {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create(server.address() + path)).timeout(Duration.ofSeconds(30));
        for (int i = 0; i < headers.length; i += 2) {
            request.header(headers[i], headers[i + 1]);
        }
        return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    /** Requests a stream, and expects success. */
    InputStream open(String path) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(server.address() + path))
                .header("Accept", "text/event-stream")
                .build();
        HttpResponse<InputStream> answer = client.send(request, HttpResponse.BodyHandlers.ofInputStream());
        return answer.body();
    }

    HttpResponse<String> post(String path, String body) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(server.address() + path))
                .timeout(Duration.ofSeconds(30))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
        return client.send(request, HttpResponse.BodyHandlers.ofString());
    }

    /** Requests a path below /api/v1, and expects success. */
    public JsonNode json(String path) throws IOException, InterruptedException {
        HttpResponse<String> answer = get("/api/v1" + path);
        if (answer.statusCode() != 200) {
            throw new AssertionError(path + " was answered with " + answer.statusCode() + " " + answer.body());
        }
        return MAPPER.readTree(answer.body());
    }

    @Override
    public void close() {
        server.close();
    }
}
